import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { type Database, type Transaction, writersOf } from '../database/index.js';
import type { KnownFacts } from '../protocol/index.js';
import type { CaseJudge } from './case-judge.js';
import { LOCK_VERDICTS, type VariantRegister } from './variant-register.js';

/** The most cases of one transaction: what a node loses when it dies, and how long its locks are held, some tenths of a second. */
const TOGETHER = 1_000;
/** How many are written by one statement, while the next are judged. */
const AT_ONCE = 250;
/** How many cases are judged between two looks at what else the node has to do: less than a millisecond. */
const AT_A_TIME = 25;
/** How many numbers may lie behind the last case that is known to be complete before it is written down that none of them lacks anything. */
const UNNOTED = 200;

/** One node at a time of those that judge alike. Nodes of other definitions do their own. */
const TURN = "SELECT pg_try_advisory_xact_lock(hashtext('symbolon rejudging'), hashtext($1)) AS mine";
const LEVELS =
  'SELECT DISTINCT complete_to AS level FROM definition_variant WHERE id = ANY ($1::smallint[]) ORDER BY complete_to DESC';
const LACKING = 'SELECT id, facts FROM judged_case WHERE id > $1 AND id <= $2 AND revision <> $3 ORDER BY id LIMIT $4';
const OTHERS = 'SELECT id FROM definition_variant WHERE retired_at IS NULL AND id <> ALL ($1::smallint[])';
/**
 * The verdicts under variants of other nodes stay; the row is read anew here, after whoever wrote it last. The bounds keep the database from reading the whole
 * table for a few hundred rows.
 */
const JUDGE = `
  UPDATE judged_case c SET
    met = ARRAY(SELECT id FROM unnest(c.met) id WHERE id = ANY ($1::smallint[])) || g.met::smallint[],
    undetermined = ARRAY(SELECT id FROM unnest(c.undetermined) id WHERE id = ANY ($1::smallint[])) || g.undetermined::smallint[]
  FROM unnest($2::int[], $3::text[], $4::text[]) AS g (id, met, undetermined)
  WHERE c.id = g.id AND c.id BETWEEN $5 AND $6`;
const NOTE = `
  UPDATE definition_variant SET complete_to = $3
  WHERE id = ANY ($1::smallint[]) AND complete_to >= $2 AND complete_to < $3`;

interface LackingCase {
  readonly id: number;
  readonly facts: KnownFacts;
}

/** What came of a step: it went on, found nothing to do, or another node was at it. */
export type JudgingStep =
  { readonly did: 'went on'; readonly judged: number } | { readonly did: 'nothing' | 'elsewhere' };

/** A number up to which every case is there that will ever be; null while some transaction may yet enter an earlier one. */
export async function settledCases(database: Database): Promise<number | null> {
  const [last] = await database.query<{ id: number | null }>('SELECT max(id) AS id FROM judged_case');
  let left = await writersOf(database, 'judged_case');
  for (let tries = 0; left.size > 0 && tries < 100; tries++) {
    await pause(20);
    const present = await writersOf(database, 'judged_case');
    left = new Set([...left].filter((writer) => present.has(writer)));
  }
  return left.size === 0 ? (last?.id ?? 0) : null;
}

/**
 * Judges the next cases that lack a verdict under today's variants, and notes how far the variants are complete, in the same transaction: what is killed in
 * between has not happened, and whoever comes next goes on there. Variants that are nearly complete come first, so that the laws that a new ontology leaves
 * as they were stay complete while the others follow. `settled` is a number of `settledCases`.
 */
export async function judgeNext(
  transaction: Transaction,
  { ids, revision }: Pick<VariantRegister, 'ids' | 'revision'>,
  judge: CaseJudge,
  settled: number,
  most = TOGETHER,
): Promise<JudgingStep> {
  const [mine] = await transaction.query<{ mine: boolean }>(TURN, [revision.toString('hex')]);
  if (mine?.mine !== true) return { did: 'elsewhere' };
  const levels = (await transaction.query<{ level: number }>(LEVELS, [ids])).map(({ level }) => level);
  const from = levels.find((level) => level < settled);
  if (from === undefined) return { did: 'nothing' };
  const lacking = await transaction.query<LackingCase>(LACKING, [...[from, settled, revision, most]]);
  if (lacking.length === 0 && levels.length === 1 && settled - from < UNNOTED) return { did: 'nothing' };
  await transaction.query(LOCK_VERDICTS);
  await judgeAll(transaction, ids, judge, lacking);
  const to = lacking.length < most ? settled : (lacking.at(-1)?.id ?? settled);
  await transaction.query(NOTE, [ids, from, to]);
  return { did: 'went on', judged: lacking.length };
}

/** The database writes what was judged last while the next cases are judged. */
async function judgeAll(
  transaction: Transaction,
  ids: readonly number[],
  judge: CaseJudge,
  cases: readonly LackingCase[],
): Promise<void> {
  const others = (await transaction.query<{ id: number }>(OTHERS, [ids])).map(({ id }) => id);
  const writes: Promise<unknown>[] = [];
  for (let from = 0; from < cases.length; from += AT_ONCE) {
    const [numbers, met, undetermined]: [number[], string[], string[]] = [[], [], []];
    for (const { id, facts } of cases.slice(from, from + AT_ONCE)) {
      if (numbers.length % AT_A_TIME === 0) await turn();
      const verdicts = judge.verdictIds(judge.prepare(facts));
      numbers.push(id);
      met.push(`{${verdicts.met.join()}}`);
      undetermined.push(`{${verdicts.undetermined.join()}}`);
    }
    const write = transaction.query(JUDGE, [others, numbers, met, undetermined, numbers[0], numbers.at(-1)]);
    write.catch(() => undefined); // heard below
    writes.push(write);
  }
  await Promise.all(writes);
}
