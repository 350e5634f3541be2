import { describe, expect, it } from '@jest/globals';
import type { PictureDimension } from '../../../src/statistics/picture/dimension.js';
import type { KeptCount } from '../../../src/statistics/picture/picture-row.js';
import { type JudgedCount, keysIn, mostRows, tabulate, tallied } from '../../../src/statistics/picture/tabulate.js';

function kept(core: KeptCount['core'], alerts = 11): KeptCount {
  return {
    register: 'counted',
    isAboutPerson: true,
    core,
    facets: {},
    letters: null,
    countedIn: null,
    caseIds: [],
    alerts,
  };
}

/** Counts that have nothing in common, under so many laws. */
function different(many: number, laws: number): JudgedCount[] {
  const verdicts = Array.from({ length: laws }, () => 'MET' as const);
  return Array.from({ length: many }, (_, at) => ({ kept: kept({ origin: `O${at}` }), verdicts }));
}

const rows = (counts: readonly JudgedCount[], by: readonly PictureDimension[], laws = 0) =>
  tabulate(counts, by, laws).map(({ keys, alerts }) => [
    keys.map((key) => (key.state === 'KNOWN' ? key.code : key.state)).join(' '),
    alerts,
  ]);

describe('a table', () => {
  it('has each combination of codes once, unknown and withheld after the codes', () => {
    const counts = [
      { origin: 'RO AL', gender: 'g/a' },
      { origin: 'AL', gender: null },
      { origin: '', gender: 'g/a' },
      { origin: null, gender: 'g/a' },
      { origin: 'AL', gender: 'g/a' },
    ].map((core) => ({ kept: kept(core), verdicts: [] }));
    expect(rows(counts, ['ORIGIN', 'GENDER'])).toEqual([
      ['AL g/a', 22],
      ['AL WITHHELD', 11],
      ['RO g/a', 11],
      ['UNKNOWN g/a', 11],
      ['WITHHELD g/a', 11],
    ]);
  });

  it.each([
    [0, 16_666],
    [1, 7_142],
    [8, 1_428],
  ])('has under %i laws at most %i rows, and is refused beyond', (laws, most) => {
    expect(mostRows(laws)).toBe(most);
    expect(rows(different(most, laws), ['ORIGIN'], laws)).toHaveLength(most);
    expect(() => tabulate(different(most + 1, laws), ['ORIGIN'], laws)).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
    );
  });

  it('takes persons away only where their alerts stand', () => {
    const counts = [
      kept({ origin: 'AL' }, 30),
      kept({ origin: null }, 20),
      { ...kept({ origin: 'AL' }, 12), register: 'recurred' as const },
      { ...kept({ origin: null }, 16), register: 'recurred' as const },
    ].map((one) => ({ kept: one, verdicts: [] }));
    expect(tabulate(counts, ['ORIGIN'], 0).map(({ alerts, persons }) => [alerts, persons])).toEqual([
      [30, 18],
      [20, 20],
    ]);
    expect(tallied(counts, 0)).toMatchObject({ alerts: 50, persons: 22 });
  });

  it('reads the same keys off the same text', () => {
    const keysOf = keysIn('ORIGIN');
    expect(keysOf(kept({ origin: 'AL RO' }))).toBe(keysOf(kept({ origin: 'AL RO' })));
    expect(keysIn('ORIGIN_REGION')(kept({ origin: 'XX' }))).toEqual([{ dimension: 'ORIGIN_REGION', state: 'UNKNOWN' }]);
  });
});
