import type { Transaction } from '../../database/index.js';

/** The columns of pieces by which tables are made, as they stand in `picture_piece`. */
const COLUMNS = ['month', 'year', 'origin', 'exploitation', 'purpose', 'gender', 'age_band', 'value'] as const;
type SummedColumn = (typeof COLUMNS)[number];

const SHOWN = ['origin', 'exploitation', 'purpose', 'gender', 'age_band', 'value'] as const;

/** By which columns sums are kept: each two within a year or over all, and each within a month. The fewest columns come first. */
const SETS: readonly (readonly SummedColumn[])[] = [
  ...SHOWN.map((column): SummedColumn[] => ['year', column]),
  ['origin', 'exploitation'],
  ...SHOWN.flatMap((a, at) => SHOWN.slice(at + 1).map((b): SummedColumn[] => ['year', a, b])),
  ...SHOWN.map((column): SummedColumn[] => ['month', 'year', column]),
];

const SUMS = `
  INSERT INTO picture_sum (audience_id, left_out, about, ${COLUMNS.join(', ')}, verdicts, alerts)
  SELECT p.audience_id, GROUPING(${COLUMNS.join(', ')}), p.about, ${COLUMNS.join(', ')}, p.verdicts, sum(p.alerts)::int
  FROM picture_piece p WHERE p.register = 'counted' AND p.facet = 'law'`;
const GROUPED = `GROUP BY p.audience_id, p.about, p.verdicts, GROUPING SETS (${SETS.map((set) => `(${set.join(', ')})`).join(', ')})`;
const ADD = `
  ${SUMS} AND p.id = ANY ($1::bigint[]) ${GROUPED}
  ON CONFLICT ON CONSTRAINT picture_sum_once DO UPDATE SET alerts = picture_sum.alerts + EXCLUDED.alerts`;
const MARK = 'UPDATE picture_summed SET judged_by = $1 WHERE judged_by IS DISTINCT FROM $1 RETURNING one';
const MARKED = 'SELECT judged_by FROM picture_summed FOR UPDATE';

/** The number under which sums over these columns are kept (`left_out` of `picture_sum`), or over as few more as there are; null when there are none. */
export function leftOutFor(core: readonly SummedColumn[], hasValue: boolean): number | null {
  const columns = hasValue ? [...core, 'value' as const] : core;
  const set = SETS.find((one) => columns.every((column) => one.includes(column)));
  return set ? COLUMNS.reduce((bits, column) => bits * 2 + (set.includes(column) ? 0 : 1), 0) : null;
}

/** Adds new pieces, which were judged by this, to the sums. Sums of pieces that were judged otherwise are not whole any more, and are made again in time. */
export async function addToSums(
  transaction: Transaction,
  pieces: readonly string[],
  judgedBy: Uint8Array,
): Promise<void> {
  const [marked] = await transaction.query<{ judged_by: Buffer | null }>(MARKED);
  if (marked?.judged_by && Buffer.compare(marked.judged_by, judgedBy) === 0) await transaction.query(ADD, [pieces]);
  else await transaction.query(MARK, [null]);
}

/** Makes the sums of all pieces, every one of which was judged by this; nothing when they are there. Until they are, tables are made of the pieces. */
export async function makeSums(transaction: Transaction, judgedBy: Uint8Array): Promise<void> {
  if ((await transaction.query(MARK, [judgedBy])).length === 0) return;
  await transaction.query('DELETE FROM picture_sum');
  await transaction.query(`${SUMS} ${GROUPED}`);
}
