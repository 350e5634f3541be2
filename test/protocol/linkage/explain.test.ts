import { describe, expect, it } from '@jest/globals';
import { explain, readIdentity } from '../../../src/protocol/linkage/index.js';
import { shippedProfile } from './profile-files.js';

const profile = shippedProfile();
const explained = (record: unknown) => explain(readIdentity(record), profile);

describe('what an officer is told of an own record', () => {
  it('is strong with a rare name and a full date', () => {
    const { strength, keys, reading, wouldHelp } = explained({
      names: { given: 'Lăcrămioara', family: 'Țiganuș' },
      ...{ birthDate: '1991-11-17', birthCountry: 'RO', birthPlace: 'Țăndărei' },
    });
    expect(strength).toBe('strong');
    expect(keys.length).toBeGreaterThan(10);
    expect(reading.nameParts).toEqual(['lacramioara', 'tiganus']);
    expect(wouldHelp).toEqual(['document']);
  });

  it('is fair when it leads to suggestions only, and says what would help', () => {
    const { strength, wouldHelp } = explained({
      names: { given: 'Lăcrămioara', family: 'Țiganuș' },
      ...{ birthDate: '1991-01-01', birthCountry: 'RO' },
    });
    expect(strength).toBe('fair');
    expect(wouldHelp).toEqual(['birth-month-and-day', 'birth-place', 'document']);
  });

  it('is none when nothing can be made of it, with the reason for every kind of key', () => {
    const { strength, keys, notMade, wouldHelp } = explained({ names: { given: 'Maria' } });
    expect([strength, keys]).toEqual(['none', []]);
    expect(new Set(notMade.map(({ kind }) => kind))).toEqual(new Set(profile.kinds.map(({ name }) => name)));
    expect(wouldHelp).toContain('second-name');
  });
});
