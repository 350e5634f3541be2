/** Repeatable numbers for sample data (never for keys): the same seed, the same samples. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. A 32-bit generator of the mulberry family. */
  roll(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  chance(share: number): boolean {
    return this.roll() < share;
  }

  /** One of the keys, each as often as its weight says. */
  pick<T extends string>(weights: Readonly<Record<T, number>>): T {
    const entries = Object.entries<number>(weights) as [T, number][]; // parsing: the keys are T by construction
    const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
    let rest = this.roll() * total;
    for (const [key, weight] of entries) {
      rest -= weight;
      if (rest < 0) return key;
    }
    const last = entries.at(-1);
    if (!last) throw new RangeError('nothing to pick from');
    return last[0];
  }

  /** A few different ones of a list. */
  some<T>(list: readonly T[], most: number): T[] {
    const rest = [...list];
    const chosen: T[] = [];
    for (let left = Math.floor(this.roll() * (most + 1)); left > 0 && rest.length > 0; left--) {
      chosen.push(...rest.splice(Math.floor(this.roll() * rest.length), 1));
    }
    return chosen;
  }
}
