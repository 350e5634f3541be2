import { randomNumbers } from '../../support/random-numbers.js';

/** Draws counts, the same at every run of a seed. */
export class DrawnCounts {
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = randomNumbers(seed);
  }

  /** A whole number from 0 to below the bound. */
  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  /** A count of this mean whose variance is so many times the mean: Poisson at 1, else negative binomial, a Poisson count about a gamma mean. */
  count(mean: number, dispersion: number): number {
    if (mean <= 0) return 0;
    return this.poisson(dispersion > 1 ? this.gamma(mean / (dispersion - 1)) * (dispersion - 1) : mean);
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** Knuth's products, in parts of 30, so that none of them vanishes. */
  private poisson(mean: number): number {
    let count = 0;
    for (let rest = mean; rest > 0; rest -= 30) {
      const until = Math.exp(-Math.min(rest, 30));
      for (let product = this.next(); product > until; product *= this.next()) count++;
    }
    return count;
  }

  /** Marsaglia and Tsang 2000, of scale 1. */
  private gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * (1 - this.next()) ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = this.normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - this.next()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
    }
  }
}
