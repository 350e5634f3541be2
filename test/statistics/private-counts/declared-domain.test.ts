import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { approximate, sensitivitySquaredOf } from '../../../src/protocol/privacy/index.js';
import { clipContributions, DomainCounts } from '../../../src/statistics/noise/index.js';
import { Axis } from '../../../src/statistics/private-counts/axis.js';
import { DeclaredDomain } from '../../../src/statistics/private-counts/declared-domain.js';

/** A small hierarchy with a code that lies in two others. */
const ABOVE: Readonly<Record<string, readonly string[]>> = {
  street: ['street', 'prostitution', 'sexual', 'public'],
  indoor: ['indoor', 'prostitution', 'sexual'],
  prostitution: ['prostitution', 'sexual'],
  sexual: ['sexual'],
  begging: ['begging', 'public'],
  public: ['public'],
  labour: ['labour'],
};
const ALL = Object.keys(ABOVE);
const above = (code: string) => ABOVE[code] ?? [code];
const purposes = (codes: readonly string[], hasOthers = false) =>
  new Axis({ codes, above, hasOthers, hasUnknown: true });
const countries = new Axis({ codes: ['NL', 'DE'], above: (code) => [code], hasOthers: true, hasUnknown: true });

/** What stands in cells, by their names. */
const inWords = (domain: DeclaredDomain, cells: readonly string[]) =>
  cells.map((cell) => (domain.keys[Number(cell)] ?? []).map(({ code, state }) => code ?? state).join(' '));

describe('a declared domain', () => {
  const domain = new DeclaredDomain([purposes(['prostitution', 'sexual', 'labour'], true), countries]);

  it('has every combination of its keys, with unknown and other', () => {
    expect(domain.size).toBe(20);
    expect(inWords(domain, domain.cells).slice(0, 5)).toEqual([
      'prostitution NL',
      'prostitution DE',
      'prostitution UNKNOWN',
      'prostitution OTHER',
      'sexual NL',
    ]);
    expect(new Set(inWords(domain, domain.cells)).size).toBe(20);
  });

  it('is one cell when nothing is broken down', () => {
    const whole = new DeclaredDomain([]);
    expect([whole.size, whole.cellsPerCombination, whole.combinationsOf([])]).toEqual([1, 1, ['0']]);
    expect(whole.cellsOf('0')).toEqual(['0']);
  });

  it.each([
    [[['street', 'prostitution', 'sexual', 'public'], ['NL']], ['prostitution NL'], ['prostitution NL', 'sexual NL']],
    [[['sexual'], []], ['sexual UNKNOWN'], ['sexual UNKNOWN']],
    [[[], ['FR', 'RO']], ['UNKNOWN OTHER'], ['UNKNOWN OTHER']],
    [
      [
        ['begging', 'public'],
        ['FR', 'NL'],
      ],
      ['OTHER NL'],
      ['OTHER NL'],
    ],
    [
      [
        ['sexual', 'labour'],
        ['NL', 'DE'],
      ],
      ['sexual NL', 'sexual DE', 'labour NL', 'labour DE'],
      ['sexual NL', 'sexual DE', 'labour NL', 'labour DE'],
    ],
  ])('counts %j in its most specific combinations, and each in what is above', (codes, combinations, cells) => {
    const names = domain.combinationsOf(codes);
    expect(inWords(domain, names)).toEqual(combinations);
    expect(
      inWords(
        domain,
        names.flatMap((name) => domain.cellsOf(name)),
      ),
    ).toEqual(cells);
  });

  it('takes a code that nobody knows any more for unknown where there can be no others', () => {
    const closed = new DeclaredDomain([purposes(ALL)]);
    expect(inWords(closed, closed.combinationsOf([['forgotten']]))).toEqual(['UNKNOWN']);
  });

  it('counts what is the same under two names once', () => {
    const same = new Axis({ codes: ['one', 'two'], above: () => ['one', 'two'], hasOthers: false, hasUnknown: true });
    expect(same.keysOf(['one', 'two'])).toEqual([0]);
    expect(same.longestChain).toBe(2);
  });
});

describe('one person more or less', () => {
  const codes = fc.uniqueArray(fc.constantFrom(...ALL), { maxLength: 4 });
  const known = codes.map((list) => [...new Set(list.flatMap(above))]);
  const alert = fc.tuple(known, fc.uniqueArray(fc.constantFrom('NL', 'DE', 'FR', 'RO'), { maxLength: 3 }));
  const person = fc.array(alert, { maxLength: 5 });
  const declared = fc.uniqueArray(fc.constantFrom(...ALL), { minLength: 1 });
  const key = Buffer.from('a key of the hub');

  it('moves the counts by the declared bound at most, whatever codes are declared and she has', () => {
    fc.assert(
      fc.property(declared, fc.boolean(), person, fc.integer({ min: 1, max: 4 }), (named, hasOthers, hers, most) => {
        const domain = new DeclaredDomain([purposes(named, hasOthers), countries]);
        const combinations = hers.flatMap((one) => domain.combinationsOf(one));
        const bounds = { cellsPerPerson: most, alertsPerPerson: 1 };
        const [clipped] = clipContributions([{ person: 'she', cells: combinations }], bounds, key);
        const counts = new DomainCounts(domain.cells);
        counts.add([...new Set((clipped?.cells ?? []).flatMap((one) => domain.cellsOf(one)))]);
        const moved = counts.cells.reduce((sum, { count }) => sum + count ** 2, 0);
        const bound = { cellsPerPerson: most * domain.cellsPerCombination, alertsPerPerson: 1 };
        expect(moved).toBeLessThanOrEqual(approximate(sensitivitySquaredOf(bound)));
        expect(moved === 0).toBe(hers.length === 0);
      }),
    );
  });

  it('can reach the bound', () => {
    const domain = new DeclaredDomain([purposes(ALL), countries]);
    const [one = ''] = domain.combinationsOf([above('street'), ['NL']]);
    expect(domain.cellsOf(one)).toHaveLength(domain.cellsPerCombination);
  });
});
