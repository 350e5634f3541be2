import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import { type CompiledVariant, type Concept, conceptsOf } from '../protocol/definition/index.js';
import { sha256Bytes } from '../protocol/index.js';
import { OntologyService } from './ontology.service.js';

/** To be raised when the engine comes to judge anything otherwise, so that nothing that it judged before is taken for what it would judge now. */
const ENGINE = 1;

/** Asks first what is there: what conflicts uses up a number all the same, and they are few enough to run out after some hundred starts. */
const ENTER = `
  INSERT INTO definition_variant (variant, law, law_version, content_hash)
  SELECT g.variant, g.law, g.law_version, g.content_hash
  FROM unnest($1::text[], $2::text[], $3::int[], $4::bytea[]) AS g (variant, law, law_version, content_hash)
  WHERE NOT EXISTS (
    SELECT FROM definition_variant v WHERE v.variant = g.variant AND v.law_version = g.law_version AND v.content_hash = g.content_hash)
  ON CONFLICT DO NOTHING`;
const READ = `
  SELECT v.id, v.variant FROM definition_variant v
  JOIN unnest($1::text[], $2::int[], $3::bytea[]) AS given (variant, law_version, content_hash) USING (variant, law_version, content_hash)`;

/** The numbers of the variants under which a case is met, and of those under which it is undetermined; under all others it is not met. */
export interface VerdictIds {
  readonly met: readonly number[];
  readonly undetermined: readonly number[];
}

/** Numbers every version of every definition variant that was ever judged under, and knows the numbers of today's. Two that judge alike have one number. */
@Injectable()
export class VariantRegister {
  private idByOrdinal: readonly number[] = [];
  private readonly hashes: readonly Buffer[];
  /** Names today's variants together: nodes of the same revision judge alike under each of them. */
  readonly revision: Buffer;

  constructor(
    private readonly database: Database,
    private readonly ontology: OntologyService,
  ) {
    const { concepts, engine } = ontology;
    const relations = relationsOf(concepts);
    this.hashes = engine.variants.map((variant) => hashOf([ENGINE, relations, rulesOf(variant)]));
    const all = engine.variants.map(({ id, version, ordinal }) => [id, version, this.hashes[ordinal]?.toString('hex')]);
    this.revision = hashOf(all.map((one) => JSON.stringify(one)).sort());
  }

  /** Enters today's variants; the same on every node. */
  async enter(): Promise<void> {
    const { variants } = this.ontology.engine;
    const names = variants.map((variant) => variant.id);
    const versions = variants.map((variant) => variant.version);
    await this.database.query(ENTER, [names, variants.map((variant) => variant.law), versions, this.hashes]);
    const rows = await this.database.query<{ id: number; variant: string }>(READ, [names, versions, this.hashes]);
    const byName = new Map(rows.map((row) => [row.variant, row.id]));
    this.idByOrdinal = names.map((name) => {
      const id = byName.get(name);
      if (id === undefined) throw new Error(`definition variant ${name} was not entered`);
      return id;
    });
  }

  /** The numbers of today's variants. */
  get ids(): readonly number[] {
    return this.idByOrdinal;
  }

  /** The number of a variant by its ordinal in the engine. */
  idOf(ordinal: number): number {
    const id = this.idByOrdinal[ordinal];
    if (id === undefined) throw new RangeError('no such variant');
    return id;
  }

  /** The engine's verdicts by ordinal, as numbers of variants. */
  idsOf(verdicts: Uint8Array): VerdictIds {
    const [met, undetermined] = [this.ontology.codeOf('MET'), this.ontology.codeOf('UNDETERMINED')];
    return {
      met: this.idByOrdinal.filter((_, ordinal) => verdicts[ordinal] === met),
      undetermined: this.idByOrdinal.filter((_, ordinal) => verdicts[ordinal] === undetermined),
    };
  }
}

/** What a verdict rests on beside the facts and the relations of concepts. Labels, citations and dates are free to change. */
function rulesOf({ definition }: CompiledVariant): readonly (readonly string[])[] {
  return definition.elements.map((element) => [...new Set(conceptsOf(element))].sort());
}

/** What follows from what, of all concepts: which of them a verdict could rest on depends on the case. */
function relationsOf(concepts: readonly Concept[]): readonly string[] {
  return concepts
    .map(({ id, broader, implies }) => JSON.stringify([id, [...broader].sort(), [...implies].sort()]))
    .sort();
}

function hashOf(value: unknown): Buffer {
  return Buffer.from(sha256Bytes(JSON.stringify(value)));
}
