import type { MatchingWeights } from './matching-weights.js';
import type { Rungs } from './rungs.js';

/** So many confirmed pairs are needed before they may say more than the weights that ship. */
export const LEAST_CONFIRMED_PAIRS = 1_000;
/** How many pairs the weights that ship count for: rungs that are rare among the confirmed stay near them. */
const WORTH_OF_SHIPPED = 100;

/** How many confirmed pairs stand on each rung of each ladder. Each pair stands on one rung of `names`. */
export type RungCounts = Readonly<Record<keyof Rungs, ReadonlyMap<string, number>>>;

/**
 * The weights as pairs that two humans confirmed show them: how often records of one person stand on each rung. Null up to 1,000 pairs. What chance
 * does, and the probabilities from which a pair is offered, are not estimated: only pairs that were offered can be confirmed, so that they say nothing
 * of those.
 */
export function reestimate(weights: MatchingWeights, confirmed: RungCounts): MatchingWeights | null {
  if (sum(confirmed.names.values()) <= LEAST_CONFIRMED_PAIRS) return null;
  return {
    ...weights,
    names: ladder(weights.names, confirmed.names),
    fullDate: ladder(weights.fullDate, confirmed.fullDate),
    partialDate: ladder(weights.partialDate, confirmed.partialDate),
    place: ladder(weights.place, confirmed.place),
    country: ladder(weights.country, confirmed.country),
  };
}

/** One ladder: shares of the pairs that could be compared on it. */
function ladder<R extends string>(
  shipped: Readonly<Record<R, number>>,
  seen: ReadonlyMap<string, number>,
): Readonly<Record<R, number>> {
  const compared = sum(seen.values());
  const names = Object.keys(shipped) as R[];
  const whole = sum(names.map((name) => shipped[name]));
  const share = (name: R) =>
    ((shipped[name] / whole) * WORTH_OF_SHIPPED + (seen.get(name) ?? 0)) / (WORTH_OF_SHIPPED + compared);
  return Object.fromEntries(names.map((name) => [name, share(name)])) as Record<R, number>;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const one of numbers) total += one;
  return total;
}
