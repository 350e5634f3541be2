import { Refusal } from '../../protocol/index.js';
import { type PictureDimension, placeOf } from './dimension.js';
import type { KeptCount, PictureKey, ShownVerdict, TalliedRow, VerdictTally } from './picture-row.js';

/** Counts with the verdicts under the laws asked for, in their order. */
export interface JudgedCount {
  readonly kept: KeptCount;
  readonly verdicts: readonly ShownVerdict[];
}

/** More is read by nobody, and would keep others waiting. */
const MOST_ROWS = 20_000;
const MOST_PLACES = 500_000;

const STATES = ['KNOWN', 'UNKNOWN', 'WITHHELD'];

/** The rows of a table: what has several codes counts in the row of each. By codes, what is unknown and what is withheld last. Throws `Refusal` ARGUMENT_INVALID for too many. */
export function tabulate(counts: readonly JudgedCount[], by: readonly PictureDimension[], laws: number): TalliedRow[] {
  let places = 0;
  const rows = new Map<string, { keys: readonly PictureKey[]; counts: JudgedCount[] }>();
  for (const count of counts)
    for (const keys of combinations(by.map((dimension) => keysOf(count.kept, dimension)))) {
      const name = JSON.stringify(keys);
      const row = rows.get(name);
      if (row) row.counts.push(count);
      else rows.set(name, { keys, counts: [count] });
      if (rows.size > MOST_ROWS || ++places > MOST_PLACES) throw tooManyRows();
    }
  return [...rows.values()]
    .map((row) => ({ keys: row.keys, ...tallied(row.counts, laws) }))
    .sort((a, b) => compare(a.keys, b.keys));
}

function tooManyRows(): Refusal {
  return new Refusal('ARGUMENT_INVALID', 'The table has too many rows.', 'Name fewer dimensions, or conditions.', [
    'by',
  ]);
}

/** What an alert counts as in one dimension. */
export function keysOf(kept: Pick<KeptCount, 'core' | 'facets'>, dimension: PictureDimension): PictureKey[] {
  const { core, facet, codesIn } = placeOf(dimension);
  const text = core === undefined ? facet && kept.facets[facet] : kept.core[core];
  if (text === null || text === undefined) return [{ dimension, state: 'WITHHELD' }];
  const codes = text === '' ? [] : codesIn(text);
  return codes.length === 0
    ? [{ dimension, state: 'UNKNOWN' }]
    : codes.map((code) => ({ dimension, state: 'KNOWN', code }));
}

/** What there is of alerts, and how they came out under so many laws. */
export function tallied(counts: readonly JudgedCount[], laws: number): Omit<TalliedRow, 'keys'> {
  const sum = (isMeant: (kept: KeptCount) => boolean): number =>
    counts.reduce((all, { kept }) => all + (isMeant(kept) ? kept.alerts : 0), 0);
  return {
    alerts: sum(({ register }) => register === 'counted'),
    withdrawn: sum(({ register }) => register === 'withdrawn'),
    persons:
      sum(({ register, isAboutPerson }) => register === 'counted' && isAboutPerson) -
      sum(({ register }) => register === 'recurred'),
    verdicts: talliesOf(counts, laws),
  };
}

function talliesOf(counts: readonly JudgedCount[], laws: number): VerdictTally[] {
  return Array.from({ length: laws }, (_, law) => {
    const tally = { MET: 0, NOT_MET: 0, UNDETERMINED: 0, WITHHELD: 0 };
    for (const { kept, verdicts } of counts)
      if (kept.register === 'counted') tally[verdicts[law] ?? 'WITHHELD'] += kept.alerts;
    return tally;
  });
}

/** Orders keys by their codes, what is unknown after them, and what is withheld at the end. */
export function compare(a: readonly PictureKey[], b: readonly PictureKey[]): number {
  for (const [at, left] of a.entries()) {
    const right = b[at];
    if (!right) return 1;
    const byState = STATES.indexOf(left.state) - STATES.indexOf(right.state);
    if (byState !== 0) return byState;
    if (left.state === 'KNOWN' && right.state === 'KNOWN' && left.code !== right.code)
      return left.code < right.code ? -1 : 1;
  }
  return 0;
}

/** Every choice of one from each list. */
export function combinations<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((chosen, list) => chosen.flatMap((before) => list.map((one) => [...before, one])), [[]]);
}
