import { combinations } from '../picture/tabulate.js';
import type { Axis, AxisKey } from './axis.js';

/**
 * The cells of a table, declared beforehand: every combination of the keys of its axes, the last fastest. Nothing of it comes from the data, so that no cell tells anything by being there.
 *
 * A person counts in combinations of most specific keys, of which so many are kept as were declared, and each of these in all cells above it. So one person more or less changes at most
 * `cellsPerCombination` cells for each combination that is kept, by one, whatever she is coded with.
 */
export class DeclaredDomain {
  /** The most cells in which one combination counts: the product of the longest chains. */
  readonly cellsPerCombination: number;
  readonly size: number;

  constructor(readonly axes: readonly Axis[]) {
    this.size = axes.reduce((product, { keys }) => product * keys.length, 1);
    this.cellsPerCombination = axes.reduce((product, { longestChain }) => product * longestChain, 1);
  }

  /** The names of the cells, in their order. */
  get cells(): string[] {
    return Array.from({ length: this.size }, (_, at) => String(at));
  }

  /** What the cells are about, in their order. */
  get keys(): AxisKey[][] {
    return combinations(this.axes.map(({ keys }) => keys));
  }

  /** The combinations of somebody of whom these codes are known, by axis: each the name of its most specific cell. */
  combinationsOf(codes: readonly (readonly string[])[]): string[] {
    return this.namesOf(this.axes.map((axis, at) => axis.keysOf(codes[at] ?? [])));
  }

  /** The cells in which a combination counts: its own first, then those above it. */
  cellsOf(combination: string): string[] {
    let rest = Number(combination);
    const places: number[] = [];
    for (const { keys } of [...this.axes].reverse()) {
      places.unshift(rest % keys.length);
      rest = Math.floor(rest / keys.length);
    }
    return this.namesOf(this.axes.map((axis, at) => axis.chainOf(places[at] ?? 0)));
  }

  private namesOf(places: readonly (readonly number[])[]): string[] {
    return combinations(places).map((chosen) =>
      String(chosen.reduce((before, place, at) => before * (this.axes[at]?.keys.length ?? 1) + place, 0)),
    );
  }
}
