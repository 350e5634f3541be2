/** The accord's deadlines, in days after an alert's end. */
export interface Terms {
  /** By when recipients answer for what they hold. */
  readonly answerDays: number;
  /** After how many the hub erases the content; not fewer than `answerDays`. */
  readonly erasureDays: number;
}

/** Asks the database as its owner: whoever serves members may not change the terms. */
export type AskAsOwner = <Row>(sql: string, values: readonly unknown[]) => Promise<readonly Row[]>;

const SET_ONCE =
  'UPDATE symbolon.accord_term SET answer_days = $1, erasure_days = $2, set_at = now() WHERE set_at IS NULL';
const CHANGE = 'UPDATE symbolon.accord_term SET answer_days = $1, erasure_days = $2, set_at = now()';
const READ = 'SELECT answer_days AS "answerDays", erasure_days AS "erasureDays" FROM symbolon.accord_term';

/** The terms by which the hub goes: those of its first start, or as they were changed since. `configured` are taken when there are none yet. */
export async function settleTerms(ask: AskAsOwner, configured: Terms): Promise<Terms> {
  await ask(SET_ONCE, [configured.answerDays, configured.erasureDays]);
  return readTerms(ask);
}

/** Changes the terms, for all that ended and is not erased yet. */
export async function changeTerms(ask: AskAsOwner, { answerDays, erasureDays }: Terms): Promise<void> {
  await ask(CHANGE, [answerDays, erasureDays]);
}

export async function readTerms(ask: AskAsOwner): Promise<Terms> {
  const [terms] = await ask<Terms>(READ, []);
  if (!terms) throw new Error('the terms are missing');
  return terms;
}
