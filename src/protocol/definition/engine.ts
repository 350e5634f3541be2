import { Refusal } from '../refusal.js';
import { compare, type Comparison } from './compare.js';
import { explain, type Judgement } from './explain.js';
import { type JudgeAll, makeJudgeAll } from './judge-all.js';
import { type CaseFacts, type Concept, type DefinitionFile, isInForce, type Verdict } from './model.js';
import { prepare, type PreparedCase } from './prepare.js';
import {
  CODE,
  type CompiledVariant,
  compileRules,
  conceptsOf,
  judgeVariants,
  type RuleBook,
  verdictOf,
} from './rules.js';
import { makeUniverse, type Universe } from './universe.js';

/** The definition engine: what is known of a case, judged under any law, with reasons. Pure and immutable. */
export class Engine {
  private readonly universe: Universe;
  private readonly book: RuleBook;
  private readonly allVerdicts: JudgeAll;
  private readonly laws: ReadonlySet<string>;

  constructor(
    private readonly concepts: readonly Concept[],
    laws: readonly DefinitionFile[],
  ) {
    this.universe = makeUniverse(concepts);
    this.book = compileRules(laws, this.universe);
    this.allVerdicts = makeJudgeAll(this.book, this.universe.words);
    this.laws = new Set(laws.map(({ law }) => law));
  }

  /** Every variant of every law; `ordinal` is its place. */
  get variants(): readonly CompiledVariant[] {
    return this.book.variants;
  }

  /** Closes facts over the ontology. Throws `Refusal`: UNKNOWN_CODE, CONTRADICTORY_FACTS. */
  prepare(facts: CaseFacts): PreparedCase {
    return prepare(facts, this.universe);
  }

  /**
   * The verdict under every variant, by ordinal, as codes for `verdictOf`, whether or not the variant counts or is in
   * force. Fills `into` when it is given (one byte a variant), else a new array.
   */
  judgeAll(known: PreparedCase, into?: Uint8Array): Uint8Array {
    return this.allVerdicts(known, into);
  }

  /**
   * The verdict under a law or variant: met when one of `variantsOf` is met, not met when all are not. Throws `Refusal`
   * UNKNOWN_CODE.
   */
  judgeLaw(known: PreparedCase, ref: string, onDate: string): Verdict {
    return verdictOf(judgeVariants(this.getVariants(ref, onDate), known));
  }

  verdictOf(code: number | undefined): Verdict {
    return verdictOf(code);
  }

  codeOf(verdict: Verdict): number {
    return CODE[verdict];
  }

  /**
   * The variants that a reference names: one by its id, or those of a law that count as trafficking and are in force on
   * a day (ISO 8601); else none.
   */
  variantsOf(ref: string, onDate: string): readonly CompiledVariant[] {
    const one = this.variants.find(({ id }) => id === ref);
    if (one) return [one];
    return this.variants.filter(({ law, counts, valid }) => law === ref && counts && isInForce(valid, onDate));
  }

  /** Judges a case under a law or variant, with trace and missing facts. Throws `Refusal` UNKNOWN_CODE. */
  explain(known: PreparedCase, ref: string, onDate: string): Judgement {
    return explain(known, this.getVariants(ref, onDate), this.universe);
  }

  /**
   * How two laws or variants differ, with a smallest case judged differently in each direction. Throws `Refusal`
   * UNKNOWN_CODE.
   */
  compare(a: string, b: string, onDate: string): Comparison {
    return compare(
      { name: a, variants: this.getVariants(a, onDate) },
      { name: b, variants: this.getVariants(b, onDate) },
      this.universe,
      this.concepts,
    );
  }

  /**
   * What it implies that somebody recorded a case under a variant: for each element one of its concepts. Throws
   * `Refusal` UNKNOWN_CODE.
   */
  impliedBy(variant: string): { readonly present: readonly string[]; readonly oneOf: readonly (readonly string[])[] } {
    const found = this.variants.find(({ id }) => id === variant);
    if (!found) throw unknownLaw();
    const clauses = found.definition.elements.map(conceptsOf);
    return {
      present: clauses.flatMap((clause) => (clause.length === 1 ? clause : [])),
      oneOf: clauses.filter((clause) => clause.length > 1),
    };
  }

  private getVariants(ref: string, onDate: string): readonly CompiledVariant[] {
    const found = this.variantsOf(ref, onDate);
    if (found.length === 0 && !this.laws.has(ref)) throw unknownLaw();
    return found;
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

function unknownLaw(): Refusal {
  return new Refusal('UNKNOWN_CODE', 'There is no such law or variant.', 'See the query laws.');
}
