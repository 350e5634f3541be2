import { createHmac } from 'node:crypto';
import { type ContributionBounds, sensitivitySquaredOf } from '../../protocol/privacy/index.js';

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
    const kept = chosen(person, [...new Set(cells)], bounds.cellsPerPerson, key);
    return {
      person,
      cells: kept.flatMap((cell) => cells.filter((one) => one === cell).slice(0, bounds.alertsPerPerson)),
    };
  });
}

/**
 * The exact counts of all cells of a declared domain, zeros included. The domain must not come from the data: that a cell is there would tell that
 * somebody is in it.
 */
export class DomainCounts {
  private readonly counts: Map<string, number>;

  /** Throws RangeError for a cell that stands twice. */
  constructor(domain: readonly string[]) {
    this.counts = new Map(domain.map((cell) => [cell, 0]));
    if (this.counts.size < domain.length) throw new RangeError('a cell stands twice in the domain');
  }

  /** Counts what was clipped before. Throws RangeError for a cell outside the domain. */
  add(cells: readonly string[]): void {
    for (const cell of cells) {
      const count = this.counts.get(cell);
      if (count === undefined) throw new RangeError('a contribution to a cell outside the domain');
      this.counts.set(cell, count + 1);
    }
  }

  /** In the order of the domain. */
  get cells(): CountedCell[] {
    return [...this.counts].map(([cell, count]) => ({ cell, count }));
  }
}

function chosen(person: string, cells: readonly string[], most: number, key: Uint8Array): readonly string[] {
  if (cells.length <= most) return cells;
  return cells
    .map((cell) => ({ cell, rank: rankOf(person, cell, key) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, most)
    .map(({ cell }) => cell);
}

function rankOf(person: string, cell: string, key: Uint8Array): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([person, cell]))
    .digest('hex');
}
