import { assertRhoMicro } from './rho.js';

/** What asking a budget for a release comes to. All are whole numbers of micro-rho (a millionth of ρ). */
export interface Spending {
  /** Whether the release may be made. */
  readonly allowed: boolean;
  /** What is spent once it was made; what was spent before, when it may not be. */
  readonly spent: number;
  /** What is left of the budget after that. */
  readonly remaining: number;
}

/**
 * Whether a budget still bears a release that costs so much. What releases about the same data cost adds up (Bun and Steinke 2016), also where each, and what
 * it costs, was chosen after seeing those before, as long as one that would go beyond the budget is not made (Feldman and Zrnic 2021, “Individual Privacy
 * Accounting via a Rényi Filter”, taken for every order at once); whole numbers add up without drift. Two who ask at once must not both be told yes: keep what
 * is spent under one lock with the release. Throws RangeError for what is no whole number from 0 on.
 */
export function spend(budget: number, spent: number, cost: number): Spending {
  for (const amount of [budget, spent, cost]) assertRhoMicro(amount);
  const before = Math.max(0, budget - spent);
  const allowed = spent <= budget && cost <= before;
  return allowed ? { allowed, spent: spent + cost, remaining: before - cost } : { allowed, spent, remaining: before };
}
