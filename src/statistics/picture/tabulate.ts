import { Refusal } from '../../protocol/index.js';
import { type PictureDimension, placeOf } from './dimension.js';
import type { KeptCount, PictureKey, ShownVerdict, TalliedRow, VerdictTally } from './picture-row.js';

/** Counts with the verdicts under the laws asked for, in their order. */
export interface JudgedCount {
  readonly kept: KeptCount;
  readonly verdicts: readonly ShownVerdict[];
}

/** More numbers are read by nobody, and would keep others waiting. A row has three, and four more for each law. */
const MOST_NUMBERS = 50_000;
const MOST_PLACES = 500_000;

const STATES = ['KNOWN', 'UNKNOWN', 'WITHHELD'];

/** How many rows a table under so many laws may have. */
export function mostRows(laws: number): number {
  return Math.floor(MOST_NUMBERS / (3 + 4 * laws));
}

/** The rows of a table: what has several codes counts in the row of each. By codes, what is unknown and what is withheld last. Throws `Refusal` ARGUMENT_INVALID for too many. */
export function tabulate(counts: readonly JudgedCount[], by: readonly PictureDimension[], laws: number): TalliedRow[] {
  let places = 0;
  const most = mostRows(laws);
  const rows = new Map<string, { keys: readonly PictureKey[]; counts: JudgedCount[] }>();
  const keysBy = by.map(keysIn);
  for (const count of counts)
    for (const keys of combinations(keysBy.map((keysOf) => keysOf(count.kept)))) {
      const name = rowName(keys);
      const row = rows.get(name);
      if (row) row.counts.push(count);
      else rows.set(name, { keys, counts: [count] });
      if (rows.size > most || ++places > MOST_PLACES) throw tooManyRows();
    }
  return [...rows.values()]
    .map((row) => ({ keys: row.keys, ...talliedRow(row.keys, row.counts, laws) }))
    .sort((a, b) => compare(a.keys, b.keys));
}

function tooManyRows(): Refusal {
  return new Refusal(
    'ARGUMENT_INVALID',
    'The table has too many rows.',
    'Name fewer dimensions or laws, or conditions.',
    ['by'],
  );
}

/** Says what alerts count as in one dimension. What is read off the same text is the same array. */
export function keysIn(
  dimension: PictureDimension,
): (kept: Pick<KeptCount, 'core' | 'facets'>) => readonly PictureKey[] {
  const { core, facet, codesIn } = placeOf(dimension);
  const unknown: readonly PictureKey[] = [{ dimension, state: 'UNKNOWN' }];
  const withheld: readonly PictureKey[] = [{ dimension, state: 'WITHHELD' }];
  const known = new Map<string, readonly PictureKey[]>([['', unknown]]);
  return (kept) => {
    const text = core === undefined ? facet && kept.facets[facet] : kept.core[core];
    if (text === null || text === undefined) return withheld;
    const found = known.get(text);
    if (found) return found;
    const codes = codesIn(text).map((code): PictureKey => ({ dimension, state: 'KNOWN', code }));
    const keys = codes.length === 0 ? unknown : codes;
    known.set(text, keys);
    return keys;
  };
}

/** What names a row among those of its table; codes have no spaces and begin with no colon. */
export function rowName(keys: readonly PictureKey[]): string {
  return keys.map((key) => (key.state === 'KNOWN' ? key.code : `:${key.state}`)).join(' ');
}

/**
 * What there is of the alerts of a row. That an alert is about somebody counted before may be withheld more than the alert is itself, and then stands in another row than the alert: there it takes no
 * person away, as these are the persons at most.
 */
function talliedRow(keys: readonly PictureKey[], counts: readonly JudgedCount[], laws: number) {
  const isWithheld = keys.some(({ state }) => state === 'WITHHELD');
  return tallied(isWithheld ? counts.filter(({ kept }) => kept.register !== 'recurred') : counts, laws);
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
