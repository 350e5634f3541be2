import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { mapTerm, parseCrosswalk, type Crosswalk } from '../../../src/protocol/crosswalk/index.js';

function crosswalk(target: string): Crosswalk {
  return parseCrosswalk(readFileSync(`schema/ontology/crosswalks/${target}.sssom.tsv`, 'utf8'), target);
}

const ctdc2017 = crosswalk('ctdc-2017');
const ctdc2022 = crosswalk('ctdc-2022');
const ctdc2024 = crosswalk('ctdc-2024');
const htcds = crosswalk('htcds-2.0');
const ilo = crosswalk('ilo-indicators');
const sherloc = crosswalk('sherloc');

describe('what a term of another standard lets us say', () => {
  it('asserts our concept for an exact match, and its absence when the term is said to be false', () => {
    expect(mapTerm(ctdc2017, 'ctdc2017:isSexualExploit')).toMatchObject({
      present: ['purpose/sexual-exploitation'],
      oneOf: [],
      absentWhenFalse: ['purpose/sexual-exploitation'],
      lost: [],
      unmapped: false,
    });
  });

  it('asserts our wider concept for a narrower term, and nothing when that term is false', () => {
    expect(mapTerm(ctdc2017, 'ctdc2017:isForcedLabour')).toMatchObject({
      present: ['purpose/forced-labour'],
      absentWhenFalse: [],
    });
  });

  it('asserts only that one of several holds for a merged code, and all absent when it is false', () => {
    const parts = ['control/threats', 'control/uses-children', 'control/threat-of-law-enforcement'];
    expect(mapTerm(ctdc2024, 'ctdc2024:meansThreats')).toMatchObject({
      present: [],
      oneOf: [parts],
      absentWhenFalse: parts,
      lost: [],
      unmapped: false,
    });
  });

  it('asserts nothing for a wider term that our concepts do not cover, and reports it as lost', () => {
    expect(mapTerm(ctdc2024, 'ctdc2024:isOtherExploit')).toMatchObject({
      present: [],
      oneOf: [],
      lost: [{ predicate: 'skos:broadMatch', subjectIds: expect.arrayContaining(['purpose/organ-removal']) }],
      unmapped: true,
    });
  });

  it('asserts both sides of a term that says two things', () => {
    expect(mapTerm(ctdc2024, 'ctdc2024:typeOfLabourHospitality')?.present).toEqual([
      'sector/accommodation-and-food-service',
      'purpose/forced-labour',
    ]);
  });

  it('asserts nothing for a close match', () => {
    expect(mapTerm(htcds, 'htcds:vic_TypeOfExploitation/ForcedAdoption')).toMatchObject({
      present: [],
      unmapped: true,
      lost: [{ predicate: 'skos:closeMatch', subjectIds: ['purpose/illegal-adoption'] }],
    });
  });

  it('keeps a related concept out of the facts of a term that has an exact match', () => {
    const mapping = mapTerm(ilo, 'ilo:DebtBondage');
    expect(mapping?.present).toEqual(['indicator/debt-bondage']);
    expect(mapping?.lost.map(({ predicate }) => predicate)).toEqual(['skos:relatedMatch']);
  });

  it('asserts nothing for a term without counterpart and says why', () => {
    expect(mapTerm(ctdc2017, 'ctdc2017:majorityStatusAtExploit/Adult')).toEqual({
      objectId: 'ctdc2017:majorityStatusAtExploit/Adult',
      objectLabel: 'Adult at exploitation',
      present: [],
      oneOf: [],
      absentWhenFalse: [],
      lost: [],
      unmapped: true,
      comments: ['The recruitment may lie before; nothing follows for the age at the act.'],
    });
  });

  it('knows no term that the standard has not', () => {
    expect(mapTerm(ctdc2024, 'ctdc2024:isForcedMarriage')).toBeNull();
    expect(mapTerm(ctdc2024, 'constructor')).toBeNull();
  });

  it('never lets an indicator, a role that need not have acted, or an open list become an element', () => {
    for (const term of ilo.rowsByTerm.keys()) {
      expect(mapTerm(ilo, term)?.present.filter((id) => !id.startsWith('indicator/'))).toEqual([]);
    }
    expect(mapTerm(ctdc2022, 'ctdc2022:IP_RecruiterBroker')?.unmapped).toBe(true);
    expect(mapTerm(htcds, 'htcds:vic_TypeOfExploitation/Other')?.unmapped).toBe(true);
  });

  it('gives a clause that fits the limits of an alert wherever it gives one', () => {
    for (const set of [ctdc2017, ctdc2022, ctdc2024, htcds, ilo, sherloc]) {
      for (const term of set.rowsByTerm.keys()) {
        for (const clause of mapTerm(set, term)?.oneOf ?? []) {
          expect(clause.length).toBeGreaterThanOrEqual(2);
          expect(clause.length).toBeLessThanOrEqual(40);
          expect(new Set(clause).size).toBe(clause.length);
        }
      }
    }
  });
});
