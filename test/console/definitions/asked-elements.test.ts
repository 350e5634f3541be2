import { describe, expect, it } from '@jest/globals';
import {
  askedOf,
  isInForce,
  lawCodeOf,
  offencesUnder,
  pairsOf,
  type OffenceRules,
} from '../../../src/console/definitions/asked-elements.js';

const means = { kind: 'MEANS', anyOf: ['means/force', 'means/fraud'], waivedUnder: 18, open: false };
const act = { kind: 'ACT', anyOf: ['act/recruitment'], waivedUnder: null, open: false };
const former: OffenceRules = offence('XX-1', [act], { validTo: '2026-04-07' });
const one: OffenceRules = offence('XX-2', [act, means], { validFrom: '2026-04-08' });
const other: OffenceRules = offence('XX-3', [act, { ...means, anyOf: ['means/fraud'], waivedUnder: 21, open: true }]);
const beside: OffenceRules = offence('XX-4', [act], { counts: false });
const child: OffenceRules = offence('XX-5', [act]);

describe('what a law asks', () => {
  it('is asked always, sometimes or never, over its offences', () => {
    expect(askedOf([one, other], 'MEANS').asked).toBe('always');
    expect(askedOf([one, child], 'MEANS').asked).toBe('sometimes');
    expect(askedOf([child], 'MEANS').asked).toBe('never');
    expect(askedOf([], 'MEANS').asked).toBe('never');
  });

  it('names each concept once, every age that waives it, and whether a list is open', () => {
    expect(askedOf([one, other], 'MEANS')).toEqual({
      asked: 'always',
      waivedUnder: [18, 21],
      open: true,
      concepts: ['means/force', 'means/fraud'],
    });
  });

  it('is taken from the offences that count and are in force on the day', () => {
    const all = [former, one, other, beside, child];
    expect(offencesUnder(all, 'XX', '2026-04-07')).toEqual([former, other, child]);
    expect(offencesUnder(all, 'XX', '2026-04-08')).toEqual([one, other, child]);
  });

  it('is that of the one offence that is named, even when it does not count', () => {
    expect(offencesUnder([one, beside], 'XX-4', '2026-01-01')).toEqual([beside]);
  });

  it('is law from its first day to its last', () => {
    expect(isInForce(former, '2026-04-07')).toBe(true);
    expect(isInForce(former, '2026-04-08')).toBe(false);
    expect(isInForce(one, '2026-04-08')).toBe(true);
  });
});

it('a reference belongs to the law with which it begins', () => {
  expect(lawCodeOf('NL-273f-1-1')).toBe('NL');
  expect(lawCodeOf('COE')).toBe('COE');
});

it('each two of several are paired once', () => {
  expect(pairsOf(['A', 'B', 'C'])).toEqual([
    ['A', 'B'],
    ['A', 'C'],
    ['B', 'C'],
  ]);
});

function offence(
  id: string,
  elements: OffenceRules['elements'],
  more: Partial<Pick<OffenceRules, 'counts' | 'validFrom' | 'validTo'>> = {},
): OffenceRules {
  return { id, counts: true, validFrom: null, validTo: null, elements, ...more };
}
