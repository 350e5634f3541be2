/** Cells of which fewer are expected are put together with the next: the chi-square distribution does not fit below. */
const LEAST_EXPECTED = 10;
/** How many standard deviations of chance are let pass: with a new seed one test in a million would fail. */
const DEVIATIONS = 5;

/** Whole numbers drawn, and the probability that each should have. */
export interface DrawnNumbers {
  readonly drawn: readonly bigint[];
  /** Weights of -reach to reach, beyond which next to nothing lies; they need not sum to one. */
  readonly weightOf: (x: number) => number;
  readonly reach: number;
}

/** Whether numbers come from a distribution, by Pearson's chi-square against the quantile of Wilson and Hilferty (1931). */
export function fits({ drawn, weightOf, reach }: DrawnNumbers): boolean {
  const counts = new Map<bigint, number>();
  for (const one of drawn) counts.set(one, (counts.get(one) ?? 0) + 1);
  const values = Array.from({ length: 2 * reach + 1 }, (_, at) => at - reach);
  const whole = values.reduce((sum, x) => sum + weightOf(x), 0);
  const bins = [{ seen: 0, expected: 0 }];
  for (const x of values) {
    const last = bins[bins.length - 1];
    const bin = last && last.expected < LEAST_EXPECTED ? last : { seen: 0, expected: 0 };
    if (bin !== last) bins.push(bin);
    bin.seen += counts.get(BigInt(x)) ?? 0;
    bin.expected += (drawn.length * weightOf(x)) / whole;
  }
  const statistic = bins
    .filter(({ expected }) => expected >= LEAST_EXPECTED)
    .reduce((sum, { seen, expected }) => sum + (seen - expected) ** 2 / expected, 0);
  const freedom = bins.length - 1;
  const spread = 2 / (9 * freedom);
  return statistic < freedom * (1 - spread + DEVIATIONS * Math.sqrt(spread)) ** 3;
}
