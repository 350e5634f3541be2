import type { PictureCountAnswer, PictureRowAnswer, PictureTableAnswer } from '../../protocol/picture/index.js';
import type { Measure } from './asking.js';

type Numbers = Pick<PictureRowAnswer, 'alerts' | 'verdicts'>;

/** A code with how many alerts have it. */
export interface CountedCode {
  readonly code: string;
  /** As the hub names it. */
  readonly label: string;
  readonly count: number;
}

/** What a figure by one dimension shows. */
export interface CountedCodes {
  /** The codes of which a number is shown, the largest first. */
  readonly codes: readonly CountedCode[];
  /** Alerts that do not say it; null when no row is about them. */
  readonly unknown: PictureCountAnswer | null;
  /** Alerts of which it is not shown. */
  readonly withheld: PictureCountAnswer | null;
  /** All that is counted, whatever they say. */
  readonly total: PictureCountAnswer;
}

/** The number of a row: of alerts, or of those met under a law. Throws when the hub did not answer it. */
export function numberOf({ alerts, verdicts }: Numbers, measure: Measure): PictureCountAnswer {
  if (measure === null) return alerts;
  const verdict = verdicts.find(({ under }) => under === measure);
  if (!verdict) throw new Error('The hub did not judge by the law that was asked for.');
  return verdict.met;
}

/** The numbers of a table by one dimension. */
export function countedCodes(answer: PictureTableAnswer, measure: Measure): CountedCodes {
  const inState = (wanted: string): PictureCountAnswer | null => {
    const row = answer.rows.find(({ keys }) => keys[0]?.state === wanted);
    return row ? numberOf(row, measure) : null;
  };
  const codes = answer.rows.flatMap((row): CountedCode[] => {
    const [key] = row.keys;
    const { count } = numberOf(row, measure);
    return key?.state === 'KNOWN' && key.code !== null && count !== null && count > 0
      ? [{ code: key.code, label: key.label, count }]
      : [];
  });
  return {
    codes: codes.sort(byCount),
    unknown: inState('UNKNOWN'),
    withheld: inState('WITHHELD'),
    total: numberOf(answer, measure),
  };
}

/** From one country to another, or within one. */
export interface Corridor {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** The corridors of which both ends and a number are shown, the largest first. */
export function corridorsOf(answer: PictureTableAnswer, measure: Measure): readonly Corridor[] {
  return answer.rows
    .flatMap((row): Corridor[] => {
      const [from, to] = row.keys;
      const { count } = numberOf(row, measure);
      return from?.code != null && to?.code != null && count !== null && count > 0
        ? [{ from: from.code, to: to.code, count }]
        : [];
    })
    .sort(byCount);
}

/** A year with its number; null when it is too small to be shown. */
export interface CountedYear {
  readonly year: number;
  readonly count: number | null;
}

/** Every year from the first with a number to the last. */
export function countedYears(answer: PictureTableAnswer, measure: Measure): readonly CountedYear[] {
  const counts = new Map(countedCodes(answer, measure).codes.map(({ code, count }) => [Number(code), count]));
  const years = [...counts.keys()];
  if (years.length === 0) return [];
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return Array.from({ length: last - first + 1 }, (_, at) => ({
    year: first + at,
    count: counts.get(first + at) ?? null,
  }));
}

function byCount(a: { readonly count: number }, b: { readonly count: number }): number {
  return b.count - a.count;
}
