import type { PictureCountAnswer, PictureVerdictsAnswer } from './picture-table.js';

/** The ways in which a row comes out under a law, in the order of the files. */
export const OUTCOMES = [
  { key: 'met', column: 'met', sdmx: 'MET', words: 'met' },
  { key: 'notMet', column: 'not_met', sdmx: 'NOT_MET', words: 'not met' },
  { key: 'undetermined', column: 'undetermined', sdmx: 'UNDETERMINED', words: 'undetermined' },
  { key: 'withheld', column: 'withheld', sdmx: 'WITHHELD', words: 'verdict withheld' },
] as const;

/** What is counted of a row under no law, in the order of the files. */
const COUNTED = {
  alerts: { unit: 'alerts', words: 'alerts' },
  persons: { unit: 'persons', words: 'persons at most' },
  withdrawn: { unit: 'alerts', words: 'alerts withdrawn since they were counted' },
} as const;

type Counted = keyof typeof COUNTED;

/** What is counted in a row: alerts, persons, what was withdrawn, or the alerts that come out in one way under one law. */
export type Measure =
  | { readonly law: null; readonly counted: Counted }
  | { readonly law: string; readonly outcome: (typeof OUTCOMES)[number] };

/** The numbers of a row, or of all that is counted. */
interface Numbers {
  readonly alerts: PictureCountAnswer;
  readonly persons?: PictureCountAnswer | null;
  readonly withdrawn?: PictureCountAnswer | null;
  readonly verdicts: readonly PictureVerdictsAnswer[];
}

/** What is counted when so many laws are asked: first what the hub says of all without a law, then law by law. */
export function measuresOf(laws: readonly string[], { persons, withdrawn }: Omit<Numbers, 'verdicts'>): Measure[] {
  const counted: Counted[] = [
    'alerts',
    ...(persons ? ['persons' as const] : []),
    ...(withdrawn ? ['withdrawn' as const] : []),
  ];
  return [
    ...counted.map((one) => ({ law: null, counted: one })),
    ...laws.flatMap((law) => OUTCOMES.map((outcome) => ({ law, outcome }))),
  ];
}

/** A measure as a column: `alerts`, `NL_not_met`. */
export function measureColumn(measure: Measure): string {
  return measure.law === null ? measure.counted : `${measure.law}_${measure.outcome.column}`;
}

/** A measure in words. */
export function measureWords(measure: Measure): string {
  return measure.law === null ? COUNTED[measure.counted].words : `alerts ${measure.outcome.words} under ${measure.law}`;
}

/** What a measure is a number of. */
export function measureUnit(measure: Measure): 'alerts' | 'persons' {
  return measure.law === null ? COUNTED[measure.counted].unit : 'alerts';
}

/** The number of a measure; undefined or null when the hub did not answer it. */
export function countOf(measure: Measure, { verdicts, ...numbers }: Numbers): PictureCountAnswer | null | undefined {
  if (measure.law === null) return numbers[measure.counted];
  return verdicts.find(({ under }) => under === measure.law)?.[measure.outcome.key];
}

/** A number as a spreadsheet sees it: what is too small is `<11`, never 0 and never empty. */
export function countText({ count, fewerThan }: PictureCountAnswer): string {
  return count === null ? `<${String(fewerThan)}` : String(count);
}
