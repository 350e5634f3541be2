import { compare, type Comparison } from './compare.js';
import { explain, type Judgement } from './explain.js';
import type { CaseFacts, Concept, DefinitionFile, Verdict } from './model.js';
import { prepare, type PreparedCase } from './prepare.js';
import { CODE, type CompiledVariant, compileRules, conceptsOf, judgeAll, type RuleBook, verdictOf } from './rules.js';
import { makeUniverse, type Universe } from './universe.js';

/** The definition engine: what is known of a case, judged under any law, with reasons. Pure and immutable. */
export class Engine {
  private readonly universe: Universe;
  private readonly book: RuleBook;

  constructor(concepts: readonly Concept[], laws: readonly DefinitionFile[]) {
    this.universe = makeUniverse(concepts);
    this.book = compileRules(laws, this.universe);
  }

  /** Every variant of every law; `ordinal` is its place. */
  get variants(): readonly CompiledVariant[] {
    return this.book.variants;
  }

  /** Closes facts over the ontology. Throws `Refusal`: UNKNOWN_CODE, CONTRADICTORY_FACTS. */
  prepare(facts: CaseFacts): PreparedCase {
    return prepare(facts, this.universe);
  }

  /** The verdict under every variant, by ordinal, as codes for `verdictOf`. */
  judgeAll(known: PreparedCase): Uint8Array {
    return judgeAll(this.book, known);
  }

  verdictOf(code: number | undefined): Verdict {
    return verdictOf(code);
  }

  codeOf(verdict: Verdict): number {
    return CODE[verdict];
  }

  /** The variants that a reference names: one by its id, or those of a law that count as trafficking and are in force on a day (ISO 8601). */
  variantsOf(ref: string, onDate: string): readonly CompiledVariant[] {
    const one = this.variants.find(({ id }) => id === ref);
    if (one) return [one];
    return this.variants.filter(({ law, counts, valid }) => law === ref && counts && isInForce(valid, onDate));
  }

  /** Judges a case under a law or variant, with trace and missing facts. */
  explain(known: PreparedCase, ref: string, onDate: string): Judgement {
    return explain(known, this.variantsOf(ref, onDate), this.universe);
  }

  /** How two laws or variants differ, with a smallest case judged differently in each direction. */
  compare(a: string, b: string, onDate: string): Comparison {
    return compare(this.variantsOf(a, onDate), this.variantsOf(b, onDate), [a, b], this.universe);
  }

  /** What it implies that somebody recorded a case under a variant: for each element one of its concepts. */
  impliedBy(variant: string): { readonly present: readonly string[]; readonly oneOf: readonly (readonly string[])[] } {
    const elements = this.variants.find(({ id }) => id === variant)?.definition.elements ?? [];
    const clauses = elements.map(conceptsOf);
    return {
      present: clauses.flatMap((clause) => (clause.length === 1 ? clause : [])),
      oneOf: clauses.filter((clause) => clause.length > 1),
    };
  }

  /** Every concept known to be present, by id. */
  presentIn(known: PreparedCase): string[] {
    return this.universe.idsOf(known.present);
  }

  /** Every concept known to be absent, by id. */
  absentIn(known: PreparedCase): string[] {
    return this.universe.idsOf(known.absent);
  }
}

function isInForce(valid: { readonly from: string | null; readonly to: string | null }, onDate: string): boolean {
  return (valid.from === null || valid.from <= onDate) && (valid.to === null || onDate <= valid.to);
}
