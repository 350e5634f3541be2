import type { PictureCountAnswer, PictureVerdictsAnswer } from './picture-table.js';

/** The ways in which a row comes out under a law, in the order of the files. */
export const OUTCOMES = [
  { key: 'met', column: 'met', sdmx: 'MET', words: 'met' },
  { key: 'notMet', column: 'not_met', sdmx: 'NOT_MET', words: 'not met' },
  { key: 'undetermined', column: 'undetermined', sdmx: 'UNDETERMINED', words: 'undetermined' },
  { key: 'withheld', column: 'withheld', sdmx: 'WITHHELD', words: 'verdict withheld' },
] as const;

/** What is counted in a row: all alerts, or those that come out in one way under one law. */
export type Measure = { readonly law: null } | { readonly law: string; readonly outcome: (typeof OUTCOMES)[number] };

/** What is counted when so many laws are asked: the alerts first, then law by law. */
export function measuresOf(laws: readonly string[]): Measure[] {
  return [{ law: null }, ...laws.flatMap((law) => OUTCOMES.map((outcome) => ({ law, outcome })))];
}

/** A measure as a column: `alerts`, `NL_not_met`. */
export function measureColumn(measure: Measure): string {
  return measure.law === null ? 'alerts' : `${measure.law}_${measure.outcome.column}`;
}

/** A measure in words. */
export function measureWords(measure: Measure): string {
  return measure.law === null ? 'alerts' : `alerts ${measure.outcome.words} under ${measure.law}`;
}

/** The number of a measure; undefined when the hub did not answer it. */
export function countOf(
  measure: Measure,
  { alerts, verdicts }: { readonly alerts: PictureCountAnswer; readonly verdicts: readonly PictureVerdictsAnswer[] },
): PictureCountAnswer | undefined {
  if (measure.law === null) return alerts;
  return verdicts.find(({ under }) => under === measure.law)?.[measure.outcome.key];
}

/** A number as a spreadsheet sees it: what is too small is `<11`, never 0 and never empty. */
export function countText({ count, fewerThan }: PictureCountAnswer): string {
  return count === null ? `<${String(fewerThan)}` : String(count);
}
