import type { Concept, DefinitionFile, Engine, Verdict } from '../protocol/definition/index.js';
import { type KnownFacts, Refusal } from '../protocol/index.js';
import type { Ontology } from './ontology-files.js';

/** The shared ontology in memory: concepts, laws, the engine. Read once at the start; the files are the truth. */
export class OntologyService {
  private readonly conceptById: ReadonlyMap<string, Concept>;
  private readonly lawByCode: ReadonlyMap<string, DefinitionFile>;
  private readonly narrowerById: ReadonlyMap<string, readonly string[]>;

  private readonly ordinals = new Map<string, readonly number[]>();

  constructor(private readonly ontology: Ontology) {
    this.conceptById = new Map(this.ontology.concepts.map((concept) => [concept.id, concept]));
    this.lawByCode = new Map(this.ontology.laws.map((law) => [law.law, law]));
    const narrower = new Map<string, string[]>();
    for (const { id, broader } of this.ontology.concepts)
      for (const parent of broader) narrower.set(parent, [...(narrower.get(parent) ?? []), id]);
    this.narrowerById = narrower;
  }

  get engine(): Engine {
    return this.ontology.engine;
  }

  get concepts(): readonly Concept[] {
    return this.ontology.concepts;
  }

  get laws(): readonly DefinitionFile[] {
    return this.ontology.laws;
  }

  findConcept(id: string): Concept | null {
    return this.conceptById.get(id) ?? null;
  }

  hasConcept(id: string): boolean {
    return this.conceptById.has(id);
  }

  /** The concepts directly below one, by id. */
  narrowerOf(id: string): readonly string[] {
    return this.narrowerById.get(id) ?? [];
  }

  findLaw(code: string): DefinitionFile | null {
    return this.lawByCode.get(code) ?? null;
  }

  /** Whether a text names a law (`NL`) or a definition variant (`NL-273f-1-1`). */
  hasLaw(ref: string): boolean {
    return this.lawByCode.has(ref) || this.versionOfVariant(ref) !== null;
  }

  /** The version of the law's reading that holds the variant; null when there is none. */
  versionOfVariant(variant: string): number | null {
    return this.engine.variants.find(({ id }) => id === variant)?.version ?? null;
  }

  /** Refuses anything that is not a law or variant, naming the argument. */
  assertLaws(refs: readonly string[], argument: string, most: number): void {
    if (refs.length === 0 || refs.length > most) {
      throw new Refusal('ARGUMENT_INVALID', 'The number of laws is out of range.', `Name 1 to ${most}.`, [argument]);
    }
    for (const [index, ref] of refs.entries()) {
      if (!this.hasLaw(ref))
        throw new Refusal('UNKNOWN_CODE', 'There is no such law or variant.', 'See the query laws.', [
          argument,
          String(index),
        ]);
    }
  }

  /** The version of a law's reading, by the law or one of its variants. */
  versionOf(ref: string): number {
    const version = this.lawByCode.get(ref)?.version ?? this.versionOfVariant(ref);
    if (version === null) throw new RangeError('no such law or variant');
    return version;
  }

  /** The engine's ordinals of a variant, or of a law's variants that count as trafficking and are in force on a day (ISO 8601). */
  variantsOf(ref: string, onDate: string): readonly number[] {
    const key = `${ref} ${onDate}`;
    const known = this.ordinals.get(key);
    if (known) return known;
    const { variants } = this.engine;
    const one = variants.find(({ id }) => id === ref);
    const found = one
      ? [one]
      : variants.filter(({ law, counts, valid }) => law === ref && counts && isInForce(valid, onDate));
    const result = found.map(({ ordinal }) => ordinal);
    if (this.ordinals.size > 5_000) this.ordinals.clear();
    this.ordinals.set(key, result);
    return result;
  }

  /** The verdict under a law or variant, from the verdicts by ordinal: met when one is met, not met when all are not, else undetermined. */
  verdictUnder(verdicts: Uint8Array, ref: string, onDate: string): Verdict {
    const ordinals = this.variantsOf(ref, onDate);
    // Where no law is known to be in force on that day, nothing can be said; that is no acquittal.
    let open = ordinals.length === 0;
    for (const ordinal of ordinals) {
      const verdict = this.engine.verdictOf(verdicts[ordinal]);
      if (verdict === 'MET') return verdict;
      if (verdict === 'UNDETERMINED') open = true;
    }
    return open ? 'UNDETERMINED' : 'NOT_MET';
  }

  /** What the engine makes of facts from outside. Throws `Refusal`: UNKNOWN_CODE, CONTRADICTORY_FACTS. */
  prepare(facts: KnownFacts): ReturnType<Engine['prepare']> {
    return this.engine.prepare(facts);
  }

  codeOf(verdict: Verdict): number {
    return this.engine.codeOf(verdict);
  }
}

function isInForce(valid: { readonly from: string | null; readonly to: string | null }, onDate: string): boolean {
  return (valid.from === null || valid.from <= onDate) && (valid.to === null || onDate <= valid.to);
}
