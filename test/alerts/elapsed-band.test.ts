import { describe, expect, it } from '@jest/globals';
import { ELAPSED_BANDS, elapsedBand } from '../../src/alerts/elapsed-band.js';

describe('the band of an elapsed time', () => {
  it.each([
    ['2025-01-10', '2025-03-01', 'elapsed/under-6-months'],
    ['2024-01', '2025-01', 'elapsed/1-2-years', null],
    ['2024-01', '2024-09', 'elapsed/6-12-months'],
    ['2020', '2023', 'elapsed/2-5-years'],
    ['2010', '2023-05', 'elapsed/5-years-and-more'],
    ['2025-03', '2025-03', 'elapsed/under-6-months'],
  ])('from %s to %s is %s, or open when the dates leave it so', (from, until, band, instead: string | null = band) => {
    expect(elapsedBand(from, until)).toBe(instead);
    if (instead !== null) expect(ELAPSED_BANDS).toContain(instead);
  });

  it.each([
    ['2024', '2025'],
    ['2025-06-01', '2025-01-01'],
    [undefined, '2025'],
    ['2025', undefined],
    ['2025-02-30', '2025-03'],
  ])('from %s to %s is not known', (from, until) => {
    expect(elapsedBand(from, until)).toBeNull();
  });
});
