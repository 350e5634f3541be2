import { beforeAll, describe, expect, it } from '@jest/globals';
import { approximate, epsilonOf, type NoiseTerms, statedNoise } from '../../../src/protocol/privacy/index.js';
import { noisyTable } from '../../../src/statistics/noise/index.js';
import { seededSource } from './seeded-source.js';

/** Two tables that differ by one person, who counts in both cells as much as the terms allow. */
const WITHOUT = [7, 0];
const WITH_HER = [8, 1];
const TERMS: NoiseTerms = { rhoMicro: 250_000, contribution: { cellsPerPerson: 2, alertsPerPerson: 1 } };
const DELTA = 0.02;
const TABLES = 16_000;
/** The same cost, for half of what she counts: σ² is a quarter of what it should be. */
const TOO_LITTLE: NoiseTerms = { ...TERMS, rhoMicro: 4 * TERMS.rhoMicro };

async function publishedOf(counts: readonly number[], terms: NoiseTerms, seed: string): Promise<number[][]> {
  const source = seededSource(seed);
  const cells = counts.map((count, at) => ({ cell: String(at), count }));
  const published: number[][] = [];
  while (published.length < TABLES)
    published.push((await noisyTable(cells, terms, source)).cells.map(({ noisy }) => noisy));
  return published;
}

function sharesOf(published: readonly number[][]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const table of published) shares.set(String(table), (shares.get(String(table)) ?? 0) + 1 / published.length);
  return shares;
}

/** How much likelier than e^ε times a set of tables is under one than under the other: the set that looks worst in a first half, measured in the second. */
function excessOf(ones: readonly number[][], others: readonly number[][], epsilon: number): number {
  const half = TABLES / 2;
  const [p, q] = [sharesOf(ones.slice(0, half)), sharesOf(others.slice(0, half))];
  const worst = new Set(
    [...p].filter(([table, share]) => share > Math.exp(epsilon) * (q.get(table) ?? 0)).map(([t]) => t),
  );
  const shareIn = (tables: readonly number[][]) => tables.filter((table) => worst.has(String(table))).length / half;
  return shareIn(ones.slice(half)) - Math.exp(epsilon) * shareIn(others.slice(half));
}

describe('what a table gives away of one person', () => {
  const rho = TERMS.rhoMicro / 1e6;
  const epsilon = epsilonOf(TERMS.rhoMicro, DELTA);
  /** Five standard deviations of a share of δ in one half, and of the other share times e^ε. */
  const chance = (5 * Math.sqrt(DELTA * (1 + Math.exp(epsilon)))) / Math.sqrt(TABLES / 2);
  let withHer: number[][] = [];
  let without: number[][] = [];
  beforeAll(async () => {
    withHer = await publishedOf(WITH_HER, TERMS, 'with');
    without = await publishedOf(WITHOUT, TERMS, 'without');
  });

  it('is within the declared ε but for δ, counted from what is published alone', () => {
    expect(excessOf(withHer, without, epsilon)).toBeLessThan(DELTA + chance);
    expect(excessOf(without, withHer, epsilon)).toBeLessThan(DELTA + chance);
  });

  it('is found to be more where there is too little noise', async () => {
    const ones = await publishedOf(WITH_HER, TOO_LITTLE, 'with');
    const others = await publishedOf(WITHOUT, TOO_LITTLE, 'without');
    expect(excessOf(ones, others, epsilon)).toBeGreaterThan(DELTA + chance);
  });

  it('is within the declared ε but for δ, by the likelihood of what came out', () => {
    const { variance } = statedNoise(TERMS);
    const distance = (table: readonly number[], from: readonly number[]) =>
      table.reduce((sum, noisy, at) => sum + (noisy - (from[at] ?? 0)) ** 2, 0);
    const losses = withHer.map(
      (table) => (distance(table, WITHOUT) - distance(table, WITH_HER)) / (2 * approximate(variance)),
    );
    const meanOf = (of: (loss: number) => number) => losses.reduce((sum, loss) => sum + of(loss), 0) / TABLES;
    // The mean is Rényi's divergence of order 1: ρ at most, and that for the continuous Gaussian.
    expect(Math.abs(meanOf((loss) => loss) - rho)).toBeLessThan(5 * Math.sqrt((2 * rho) / TABLES));
    // What δ has to cover is how far the likelihood is above e^ε times the other, where it is.
    expect(meanOf((loss) => Math.max(0, 1 - Math.exp(epsilon - loss)))).toBeLessThan(DELTA);
    // At the larger ε of Bun and Steinke even that the loss is above ε is rarer than δ.
    const larger = rho + 2 * Math.sqrt(rho * -Math.log(DELTA));
    expect(meanOf((loss) => (loss > larger ? 1 : 0))).toBeLessThan(DELTA);
    expect(Math.max(...losses)).toBeGreaterThan(larger);
  });
});
