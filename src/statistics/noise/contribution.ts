import { createHmac } from 'node:crypto';
import { type Rational, rational } from './rational.js';

/** How much one person may count in one table. Whole numbers from 1 on, chosen without looking at the data. */
export interface ContributionBounds {
  /** In how many different cells. */
  readonly cellsPerPerson: number;
  /** How many alerts in each of them; 1 where a table counts persons. */
  readonly alertsPerPerson: number;
}

/** The cells in which one person counts: a cell stands here once for each alert. */
export interface PersonContribution {
  /** Whatever tells persons apart: what alerts of confirmed links share, else the alert itself. */
  readonly person: string;
  readonly cells: readonly string[];
}

/** One cell of a table and its exact count. */
export interface CountedCell {
  readonly cell: string;
  readonly count: number;
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

/**
 * Keeps of each person what the bounds allow. Which cells are kept (the first by HMAC-SHA-256 of person and cell) depends on this person and the key
 * alone, never on counts or other persons: else one person would move the cells of others, and the bound would not hold. Under one key the choice is the
 * same in every release. Throws RangeError when a person stands there twice.
 */
export function clipContributions(
  contributions: readonly PersonContribution[],
  bounds: ContributionBounds,
  key: Uint8Array,
): PersonContribution[] {
  sensitivitySquaredOf(bounds);
  const seen = new Set<string>();
  return contributions.map(({ person, cells }) => {
    if (seen.has(person)) throw new RangeError('a person stands twice among those who contribute');
    seen.add(person);
    const kept = [...new Set(cells)]
      .map((cell) => ({ cell, rank: rankOf(person, cell, key) }))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1))
      .slice(0, bounds.cellsPerPerson);
    return {
      person,
      cells: kept.flatMap(({ cell }) => cells.filter((one) => one === cell).slice(0, bounds.alertsPerPerson)),
    };
  });
}

/**
 * The exact counts of all cells of a declared domain, zeros included. The domain must not come from the data: that a cell is there would tell that
 * somebody is in it. Throws RangeError for a cell that stands in it twice, and for a contribution outside it.
 */
export function countsOver(domain: readonly string[], contributions: readonly PersonContribution[]): CountedCell[] {
  const counts = new Map(domain.map((cell) => [cell, 0]));
  if (counts.size < domain.length) throw new RangeError('a cell stands twice in the domain');
  for (const { cells } of contributions)
    for (const cell of cells) {
      const count = counts.get(cell);
      if (count === undefined) throw new RangeError('a contribution to a cell outside the domain');
      counts.set(cell, count + 1);
    }
  return [...counts].map(([cell, count]) => ({ cell, count }));
}

function rankOf(person: string, cell: string, key: Uint8Array): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([person, cell]))
    .digest('hex');
}
