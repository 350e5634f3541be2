import { type Rational, rational } from './rational.js';

/** How much one person may count in one table. Whole numbers from 1 on, chosen without looking at the data. */
export interface ContributionBounds {
  /** In how many different cells. */
  readonly cellsPerPerson: number;
  /** How many alerts in each of them; 1 where a table counts persons. */
  readonly alertsPerPerson: number;
}

/**
 * Δ², the square of how far (L2) one person more or less moves the counts of a table at most: alerts² × cells. Throws RangeError for bounds that are not
 * whole and positive.
 */
export function sensitivitySquaredOf({ cellsPerPerson, alertsPerPerson }: ContributionBounds): Rational {
  for (const bound of [cellsPerPerson, alertsPerPerson])
    if (!Number.isSafeInteger(bound) || bound < 1) throw new RangeError('a bound that is not a whole number from 1 on');
  return rational(BigInt(alertsPerPerson) ** 2n * BigInt(cellsPerPerson), 1n);
}
