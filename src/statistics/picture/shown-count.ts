/** The accord's rules of disclosure. */
export interface DisclosureRule {
  /** Of how many persons a number is made at least. */
  readonly threshold: number;
  /** To multiples of what numbers are rounded; 1 for not at all. */
  readonly rounding: number;
}

/** A number as it is shown: exactly one of the two is there. */
export interface ShownCount {
  readonly count: number | null;
  readonly fewerThan: number | null;
}

/** For one's own alerts. */
export const EXACT: DisclosureRule = { threshold: 1, rounding: 1 };

/** A number as it is shown. Of pieces that are counted together it is nothing or enough; nothing is shown as what it may be, and rounding hides no number. */
export function shown(alerts: number, { threshold, rounding }: DisclosureRule): ShownCount {
  if (threshold > 1 && alerts < threshold) return { count: null, fewerThan: threshold };
  const rounded = Math.round(alerts / rounding) * rounding;
  return {
    count: rounded < threshold && threshold > 1 ? Math.ceil(threshold / rounding) * rounding : rounded,
    fewerThan: null,
  };
}
