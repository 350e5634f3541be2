import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import { type CompiledVariant, type Concept, conceptsOf } from '../protocol/definition/index.js';
import { sha256Bytes } from '../protocol/index.js';
import { OntologyService } from './ontology.service.js';

/** To be raised when the engine comes to judge anything otherwise, so that nothing that it judged before is taken for what it would judge now. */
const ENGINE = 1;

/** Held to the end of the transaction by whoever changes what is known of variants, or verdicts: nobody waits for another's rows in a circle. */
export const LOCK_VERDICTS = "SELECT pg_advisory_xact_lock(hashtext('symbolon verdicts'))";

/** Asks first what is there: what conflicts uses up a number all the same, and they are few enough to run out after some hundred starts. */
const ENTER = `
  INSERT INTO definition_variant (variant, law, law_version, content_hash)
  SELECT g.variant, g.law, g.law_version, g.content_hash
  FROM unnest($1::text[], $2::text[], $3::int[], $4::bytea[]) AS g (variant, law, law_version, content_hash)
  WHERE NOT EXISTS (
    SELECT FROM definition_variant v
    WHERE v.variant = g.variant AND v.law_version = g.law_version AND v.content_hash = g.content_hash AND v.retired_at IS NULL)
  ON CONFLICT DO NOTHING`;
/** Says that they are in use, and gives their numbers. */
const USE = `
  UPDATE definition_variant v SET used_at = now()
  FROM unnest($1::text[], $2::int[], $3::bytea[]) AS g (variant, law_version, content_hash)
  WHERE v.variant = g.variant AND v.law_version = g.law_version AND v.content_hash = g.content_hash AND v.retired_at IS NULL
  RETURNING v.id, v.variant`;
/** Verdicts under variants that no node has used for so long are not kept when a case is written anew: else cases would grow with each change of definitions. */
const RETIRE =
  "UPDATE definition_variant SET retired_at = now() WHERE retired_at IS NULL AND used_at < now() - interval '7 days'";

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
  private ownRevision: Buffer = Buffer.alloc(0);

  constructor(
    private readonly database: Database,
    private readonly ontology: OntologyService,
  ) {
    const { concepts, engine } = ontology;
    const relations = relationsOf(concepts);
    this.hashes = engine.variants.map((variant) => hashOf([ENGINE, relations, rulesOf(variant)]));
  }

  /** Enters today's variants and says that they are in use; the same on every node. To be called again at least daily. */
  async enter(): Promise<void> {
    const { variants } = this.ontology.engine;
    const names = variants.map((variant) => variant.id);
    const versions = variants.map((variant) => variant.version);
    const rows = await this.database.asNobody(async (transaction) => {
      await transaction.query(LOCK_VERDICTS);
      await transaction.query(ENTER, [names, variants.map((variant) => variant.law), versions, this.hashes]);
      return transaction.query<{ id: number; variant: string }>(USE, [names, versions, this.hashes]);
    });
    const byName = new Map(rows.map((row) => [row.variant, row.id]));
    this.idByOrdinal = names.map((name) => {
      const id = byName.get(name);
      if (id === undefined) throw new Error(`definition variant ${name} was not entered`);
      return id;
    });
    this.ownRevision = hashOf([...this.idByOrdinal].sort((one, other) => one - other));
  }

  /** Retires the variants that no node uses any more. */
  retireUnused(): Promise<void> {
    return this.database.asNobody(async (transaction) => {
      await transaction.query(LOCK_VERDICTS);
      await transaction.query(RETIRE);
    });
  }

  /** Names the numbers of today's variants together: what is entered under it holds a verdict under each of them. */
  get revision(): Buffer {
    return this.ownRevision;
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
