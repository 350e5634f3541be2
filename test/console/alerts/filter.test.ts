import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { filterOf, readChoice, writeChoice, type ListChoice } from '../../../src/console/alerts/filter.js';

const countries = fc.uniqueArray(fc.constantFrom('NL', 'AL', 'RO', 'BG', 'BE'), { maxLength: 3 });
const choices: fc.Arbitrary<ListChoice> = fc.record({
  kinds: fc.subarray(['case', 'returnee', 'pattern', 'retrafficking']),
  origin: countries,
  exploitation: countries,
  sender: fc.constantFrom('', 'al-shtegu'),
  under: fc.uniqueArray(fc.constantFrom('NL', 'INT', 'BE'), { maxLength: 3 }),
  verdict: fc.constantFrom('', 'MET', 'NOT_MET', 'UNDETERMINED'),
  oldestFirst: fc.boolean(),
});

describe('a choice of alerts', () => {
  it('is in the address what it was', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        expect(readChoice(writeChoice(choice), 'RO')).toEqual(choice);
      }),
    );
  });

  it('is judged under the own law until somebody chooses, and under none when somebody takes it out', () => {
    expect(readChoice(new URLSearchParams(), 'RO').under).toEqual(['RO']);
    expect(readChoice(new URLSearchParams('under='), 'RO').under).toEqual([]);
    expect(readChoice(new URLSearchParams(), null).under).toEqual([]);
  });

  it('takes nothing from an address but what it knows', () => {
    const search = new URLSearchParams('kind=case,person&origin=NL,nl,<b>&sender=A%20B&verdict=YES&order=x&under=NL,;');
    expect(readChoice(search, null)).toEqual({
      ...{ kinds: ['case'], origin: ['NL'], exploitation: [], sender: '', under: ['NL'], verdict: '' },
      oldestFirst: false,
    });
  });

  it('narrows by the verdict under the first law only', () => {
    const choice = readChoice(new URLSearchParams('under=NL,BE&verdict=MET&kind=case'), null);
    expect(filterOf(choice)).toEqual({ kinds: ['CASE'], verdict: { under: 'NL', anyOf: ['MET'] } });
    expect(filterOf({ ...choice, under: [], kinds: [] })).toBeNull();
  });
});
