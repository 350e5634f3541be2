import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import type { Verdict } from '../protocol/definition/index.js';
import { sha256Bytes } from '../protocol/index.js';
import { OntologyService } from './ontology.service.js';

const ENTER = `
  INSERT INTO definition_variant (variant, law, law_version, content_hash)
  SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::bytea[]) ON CONFLICT DO NOTHING`;
const READ = `
  SELECT v.id, v.variant FROM definition_variant v
  JOIN unnest($1::text[], $2::int[], $3::bytea[]) AS given (variant, law_version, content_hash) USING (variant, law_version, content_hash)`;

/** Numbers every version of every definition variant that was ever judged under, and knows the numbers of today's. */
@Injectable()
export class VariantRegister {
  private idByOrdinal: readonly number[] = [];

  constructor(
    private readonly database: Database,
    private readonly ontology: OntologyService,
  ) {}

  /** Enters today's variants; the same on every node. */
  async enter(): Promise<void> {
    const { variants } = this.ontology.engine;
    const names = variants.map((variant) => variant.id);
    const versions = variants.map((variant) => variant.version);
    const hashes = variants.map((variant) => sha256Bytes(JSON.stringify(variant.definition)));
    await this.database.query(ENTER, [names, variants.map((variant) => variant.law), versions, hashes]);
    const rows = await this.database.query<{ id: number; variant: string }>(READ, [names, versions, hashes]);
    const byName = new Map(rows.map((row) => [row.variant, row.id]));
    this.idByOrdinal = names.map((name) => {
      const id = byName.get(name);
      if (id === undefined) throw new Error(`definition variant ${name} was not entered`);
      return id;
    });
  }

  /** The numbers of today's variants. */
  get currentIds(): ReadonlySet<number> {
    return new Set(this.idByOrdinal);
  }

  /** The number of a variant by its ordinal in the engine. */
  idOf(ordinal: number): number {
    const id = this.idByOrdinal[ordinal];
    if (id === undefined) throw new RangeError('no such variant');
    return id;
  }

  /** The numbers of the variants with this verdict. */
  idsWith(verdicts: Uint8Array, verdict: Verdict): number[] {
    const code = this.ontology.codeOf(verdict);
    return this.idByOrdinal.filter((_, ordinal) => verdicts[ordinal] === code);
  }
}
