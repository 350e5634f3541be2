import type { MatchingWeights } from './matching-weights.js';
import type { Rungs } from './rungs.js';

/** So many confirmed pairs are needed before they may say more than the weights that ship. */
export const LEAST_CONFIRMED_PAIRS = 1_000;
/** How many pairs the weights that ship count for: rungs that are rare among the confirmed stay near them. */
const WORTH_OF_SHIPPED = 100;

/**
 * The weights as pairs that two humans confirmed show them: how often records of one person stand on each rung. Null up to 1,000 pairs. What chance
 * does, and the probabilities from which a pair is offered, are not estimated: only pairs that were offered can be confirmed, so that they say nothing
 * of those.
 */
export function reestimate(weights: MatchingWeights, confirmed: readonly Rungs[]): MatchingWeights | null {
  if (confirmed.length <= LEAST_CONFIRMED_PAIRS) return null;
  return {
    ...weights,
    names: ladder(weights.names, confirmed, ({ names }) => names),
    fullDate: ladder(weights.fullDate, confirmed, ({ fullDate }) => fullDate),
    partialDate: ladder(weights.partialDate, confirmed, ({ partialDate }) => partialDate),
    place: ladder(weights.place, confirmed, ({ place }) => place),
    country: ladder(weights.country, confirmed, ({ country }) => country),
  };
}

/** One ladder: shares of the pairs that could be compared on it. */
function ladder<R extends string>(
  shipped: Readonly<Record<R, number>>,
  confirmed: readonly Rungs[],
  rungOf: (rungs: Rungs) => R | null,
): Readonly<Record<R, number>> {
  const seen = new Map<string, number>();
  for (const rungs of confirmed) {
    const rung = rungOf(rungs);
    if (rung !== null) seen.set(rung, (seen.get(rung) ?? 0) + 1);
  }
  const compared = [...seen.values()].reduce((sum, count) => sum + count, 0);
  const names = Object.keys(shipped) as R[];
  const whole = names.reduce((sum, name) => sum + shipped[name], 0);
  const share = (name: R) =>
    ((shipped[name] / whole) * WORTH_OF_SHIPPED + (seen.get(name) ?? 0)) / (WORTH_OF_SHIPPED + compared);
  return Object.fromEntries(names.map((name) => [name, share(name)])) as Record<R, number>;
}
