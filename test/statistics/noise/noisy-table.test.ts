import { describe, expect, it } from '@jest/globals';
import { type NoiseTerms, rational, rhoMicroOfGaussian } from '../../../src/protocol/privacy/index.js';
import { type NoisyTable, noisyTable, secureSource } from '../../../src/statistics/noise/index.js';
import { fits } from './goodness-of-fit.js';
import { seededSource } from './seeded-source.js';

const TERMS: NoiseTerms = { rhoMicro: 100_000, contribution: { cellsPerPerson: 2, alertsPerPerson: 3 } };
const CELLS = ['NL', 'DE', 'unknown'].map((cell, at) => ({ cell, count: 40 * at }));

describe('a table with noise', () => {
  it('has every cell, whole numbers, what it cost and how wide the noise is', async () => {
    const table = await noisyTable(CELLS, TERMS, seededSource('table'));
    expect(table.cells.map(({ cell }) => cell)).toEqual(['NL', 'DE', 'unknown']);
    expect(table.cells.every(({ noisy }) => Number.isSafeInteger(noisy))).toBe(true);
    // σ² = 3² · 2 / (2 · 0.1) = 90, and 18.5 / σ = 1.95 is just too little
    expect(table).toMatchObject({ ...TERMS, variance: rational(90n, 1n), halfWidth95: 19 });
    expect(rhoMicroOfGaussian(rational(18n, 1n), table.variance)).toBe(TERMS.rhoMicro);
  });

  it('lies around the exact counts as it says, cells that are 0 included, each by itself', async () => {
    const source = seededSource('around');
    const tables: NoisyTable[] = [];
    while (tables.length < 4_000) tables.push(await noisyTable(CELLS, TERMS, source));
    const noiseOf = (at: number) => tables.map(({ cells }) => (cells[at]?.noisy ?? 0) - (CELLS[at]?.count ?? 0));
    for (const at of [0, 1, 2]) {
      const drawn = noiseOf(at).map(BigInt);
      expect(fits({ drawn, weightOf: (x) => Math.exp((-x * x) / 180), reach: 80 })).toBe(true);
    }
    const [first, second] = [noiseOf(0), noiseOf(1)];
    const together = first.reduce((sum, x, i) => sum + x * (second[i] ?? 0), 0) / (90 * tables.length);
    expect(Math.abs(together)).toBeLessThan(5 / Math.sqrt(tables.length));
  });

  it('is another one each time', async () => {
    const source = secureSource();
    const wide = { ...TERMS, rhoMicro: 1 };
    const [one, other] = [await noisyTable(CELLS, wide, source), await noisyTable(CELLS, wide, source)];
    expect(one.cells).not.toEqual(other.cells);
  });

  it.each([
    ['a cell that stands there twice', [...CELLS, { cell: 'NL', count: 1 }], TERMS],
    ['a count that is not whole', [{ cell: 'NL', count: 0.5 }], TERMS],
    ['a count below 0', [{ cell: 'NL', count: -1 }], TERMS],
    ['a cost of nothing', CELLS, { ...TERMS, rhoMicro: 0 }],
    ['a person without a bound', CELLS, { ...TERMS, contribution: { cellsPerPerson: Infinity, alertsPerPerson: 1 } }],
  ])('is refused for %s', async (_, cells, terms) => {
    await expect(noisyTable(cells, terms, seededSource(''))).rejects.toThrow(RangeError);
  });

  it('of thousands of cells lets others have their turn while it is drawn', async () => {
    const cells = Array.from({ length: 5_000 }, (_, at) => ({ cell: String(at), count: 0 }));
    let turns = 0;
    const others = setInterval(() => turns++, 1);
    await noisyTable(
      cells,
      { rhoMicro: 10_000, contribution: { cellsPerPerson: 4, alertsPerPerson: 1 } },
      secureSource(),
    );
    clearInterval(others);
    expect(turns).toBeGreaterThan(3);
  });
});
