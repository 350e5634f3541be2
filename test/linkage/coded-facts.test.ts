import { describe, expect, it } from '@jest/globals';
import { compareFacts } from '../../src/linkage/index.js';

const facts = (ageBand: string | null, ageIn: number, gender: string | null = null, citizenships: string[] = []) => ({
  ...(ageBand === null ? {} : { ageBand: `person-age-band/${ageBand}` }),
  ...(gender === null ? {} : { gender: `person-gender/${gender}` }),
  ...{ ageIn, citizenships },
});

describe('coded facts of two alerts', () => {
  it.each([
    ['18-20', 2020, '21-23', 2023, 'agrees'],
    ['18-20', 2020, '18-20', 2020, 'agrees'],
    ['18-20', 2020, '9-17', 2020, 'agrees'],
    ['18-20', 2020, '9-17', 2021, 'unknown'],
    ['18-20', 2020, '30-38', 2020, 'differs'],
    ['18-20', 2020, '18-20', 2010, 'differs'],
    ['48-plus', 2020, '9-17', 2020, 'differs'],
    ['48-plus', 2020, 'adult', 2020, 'agrees'],
    ['unknown', 2020, '9-17', 2020, 'agrees'],
  ])('ages %s in %i and %s in %i: %s', (a, inA, b, inB, expected) => {
    expect(compareFacts(facts(a, inA), facts(b, inB)).ageBand).toBe(expected);
    expect(compareFacts(facts(b, inB), facts(a, inA)).ageBand).toBe(expected);
  });

  it.each([
    ['woman', 'woman', 'agrees'],
    ['woman', 'man', 'differs'],
    ['woman', 'transgender-woman', 'unknown'],
    ['unknown', 'unknown', 'unknown'],
    ['unknown', 'man', 'unknown'],
  ])('genders %s and %s: %s', (a, b, expected) => {
    expect(compareFacts(facts(null, 2020, a), facts(null, 2020, b)).gender).toBe(expected);
  });

  it.each([
    [['RO', 'MD'], ['MD'], 'agrees'],
    [['RO'], ['MD'], 'differs'],
    [['RO'], [], 'unknown'],
  ])('citizenships %j and %j: %s', (a, b, expected) => {
    expect(compareFacts(facts(null, 2020, null, a), facts(null, 2020, null, b)).citizenship).toBe(expected);
  });

  it('are unknown where either is silent', () => {
    expect(compareFacts(facts(null, 2020), facts('18-20', 2020, 'woman', ['RO']))).toEqual({
      ...{ ageBand: 'unknown', gender: 'unknown', citizenship: 'unknown' },
    });
  });
});
