import type { DataSource } from 'typeorm';
import { Conditions, FilterSql } from '../../src/alerts/conditions.js';
import { BackgroundWork } from '../../src/background/index.js';
import { appDataSource, Database } from '../../src/database/index.js';
import {
  CaseBook,
  CaseJudge,
  type Ontology,
  OntologyService,
  Rejudging,
  today,
  VariantRegister,
} from '../../src/ontology/index.js';
import { judgeNext, type JudgingStep, settledCases } from '../../src/ontology/judging-step.js';
import {
  compileOntology,
  type Concept,
  type DefinitionFile,
  type Verdict,
} from '../../src/protocol/definition/index.js';
import type { KnownFacts } from '../../src/protocol/index.js';

const ASKER = { member: 'aa-one', purpose: 'protection' } as const;

/** What a node judges, of all that a node is, over an ontology of its own. Several may share a database. */
export class JudgingNode {
  private constructor(
    readonly database: Database,
    readonly ontology: OntologyService,
    readonly register: VariantRegister,
    readonly judge: CaseJudge,
    readonly cases: CaseBook,
  ) {}

  static async over(url: string, ontology: Ontology): Promise<JudgingNode> {
    const source: DataSource = appDataSource(url, 4);
    await source.initialize();
    const database = new Database(source);
    const service = new OntologyService(ontology);
    const register = new VariantRegister(database, service);
    const judge = new CaseJudge(service, register);
    const cases = new CaseBook(database, service, register, judge);
    await cases.onModuleInit();
    return new JudgingNode(database, service, register, judge, cases);
  }

  /** One transaction of re-judging, of so many cases at most. */
  async step(most: number): Promise<JudgingStep> {
    const settled = await settledCases(this.database);
    if (settled === null) throw new Error('somebody writes all the time');
    return this.database.asNobody((transaction) => judgeNext(transaction, this.register, this.judge, settled, most));
  }

  /** A step that gets as far as its end, and of which the database keeps nothing. */
  async killedStep(most: number): Promise<void> {
    const settled = await settledCases(this.database);
    const killed = this.database.asNobody(async (transaction) => {
      await judgeNext(transaction, this.register, this.judge, settled ?? 0, most);
      throw new Error('killed');
    });
    await killed.catch(() => undefined);
  }

  /** Has it re-judge by itself, and repair what questions lack. */
  rejudging(): { readonly work: BackgroundWork; readonly rejudging: Rejudging } {
    const work = new BackgroundWork();
    return { work, rejudging: new Rejudging(work, this.database, this.register, this.judge) };
  }

  /** Which cases the filter by verdict finds, and which it should, at one moment of the database. Fails as the filter does. */
  async found(under: string, verdict: Verdict): Promise<{ readonly found: number[]; readonly wanted: number[] }> {
    const conditions = new Conditions();
    const filter = new FilterSql(this.ontology, this.register);
    filter.apply({ verdict: { under, anyOf: [verdict] } }, today(), conditions);
    const text = `SELECT a.case_id AS id, a.facts, (${conditions.sql}) AS found FROM (SELECT id AS case_id, facts FROM judged_case) a ORDER BY 1`;
    const rows = await this.database.queryAsMember<{ id: number; facts: KnownFacts; found: boolean }>(
      ...([ASKER, text, conditions.values] as const),
    );
    return {
      found: rows.flatMap((row) => (row.found ? [row.id] : [])),
      wanted: rows.flatMap(({ id, facts }) => (this.verdictOf(facts, under) === verdict ? [id] : [])),
    };
  }

  end(): Promise<void> {
    return this.database.onApplicationShutdown();
  }

  private verdictOf(facts: KnownFacts, under: string): Verdict {
    const { engine } = this.ontology;
    return this.ontology.verdictUnder(engine.judgeAll(this.judge.prepare(facts)), under, today());
  }
}

/** The ontology with a law changed: one concept less in each of its elements' lists. */
export function withLawChanged({ concepts, laws }: Ontology, law: string): Ontology {
  const changed = laws.map((file): DefinitionFile => {
    if (file.law !== law) return file;
    const variants = file.variants.map((variant) => ({
      ...variant,
      elements: variant.elements.map((one) => ({
        ...one,
        anyOf: one.anyOf.length > 1 ? one.anyOf.slice(1) : one.anyOf,
      })),
    }));
    return { ...file, variants };
  });
  return { concepts, laws: changed, engine: compileOntology(concepts, changed) };
}

/** The ontology with a concept that another one implies: no definition changes, and verdicts do. */
export function withConceptImplied({ concepts, laws }: Ontology, concept: string, implied: string): Ontology {
  const changed = concepts.map((one): Concept => {
    return one.id === concept ? { ...one, implies: [...one.implies, implied] } : one;
  });
  return { concepts: changed, laws, engine: compileOntology(changed, laws) };
}

/** The ontology without a concept that no law names. */
export function withoutConcept({ concepts, laws }: Ontology, gone: string): Ontology {
  const left = concepts.filter(({ id }) => id !== gone);
  return { concepts: left, laws, engine: compileOntology(left, laws) };
}
