import { describe, expect, it } from '@jest/globals';
import {
  addresses,
  ageFactsOf,
  type AlertContent,
  alertIdOf,
  daysOf,
  isCalendarDate,
  isCountryCode,
  knownFactsOf,
} from '../../../src/protocol/index.js';

const content = (change: Partial<AlertContent>): AlertContent => ({
  kind: 'case',
  person: {},
  episode: {},
  facts: {},
  legalBasis: { ground: 'public-task' },
  handling: { purposes: ['protection'], audience: { everyone: true }, code: 'H0' },
  evaluation: { source: 'A', information: 1 },
  expires: '2027-01-01',
  ...change,
});
const nothing = () => ({ present: [], oneOf: [] });

describe('what an alert says about the legal elements', () => {
  it.each<[string, string[], string[]]>([
    ['9-17', ['age/under-18', 'age/under-21'], []],
    ['18-20', ['age/under-21'], ['age/under-12', 'age/under-14', 'age/under-16', 'age/under-18']],
    ['48-plus', [], ['age/under-12', 'age/under-14', 'age/under-16', 'age/under-18', 'age/under-21']],
    ['minor', ['age/under-18', 'age/under-21'], []],
    ['adult', [], ['age/under-12', 'age/under-14', 'age/under-16', 'age/under-18']],
    ['unknown', [], []],
  ])('reads the band %s against the age limits', (band, present, absent) => {
    const facts = ageFactsOf(`person-age-band/${band}`);
    expect([...facts.present].sort()).toEqual([...present].sort());
    expect([...facts.absent].sort()).toEqual([...absent].sort());
  });

  it('lets an age at registration speak for youth only', () => {
    expect(ageFactsOf('person-age-band/9-17', 'registration').present).toContain('age/under-18');
    expect(ageFactsOf('person-age-band/30-38', 'registration')).toEqual({ present: [], absent: [] });
  });

  it('sees a border crossed only when both ends are known and share no country', () => {
    const crossed = (origin: string[], exploitation: string[]) =>
      knownFactsOf(content({ episode: { origin, exploitation } }), nothing).present.includes('movement/across-border');
    expect(crossed(['AL'], ['NL'])).toBe(true);
    expect(crossed(['AL'], ['AL'])).toBe(false);
    expect(crossed(['AL', 'NL'], ['NL'])).toBe(false);
    expect(crossed([], ['NL'])).toBe(false);
  });

  it('adds what national codes imply, and says equal knowledge in equal words', () => {
    const implied = () => ({ present: ['act/recruitment'], oneOf: [['means/force', 'means/fraud']] });
    const a = knownFactsOf(
      content({ nationalCodes: [{ variant: 'XA-1', version: 1 }], facts: { present: ['purpose/servitude'] } }),
      implied,
    );
    expect(a).toEqual({
      present: ['act/recruitment', 'purpose/servitude'],
      absent: [],
      oneOf: [['means/force', 'means/fraud']],
    });
    const b = knownFactsOf(
      content({
        facts: { present: ['purpose/servitude', 'act/recruitment'], oneOf: [['means/fraud', 'means/force']] },
      }),
      nothing,
    );
    expect(JSON.stringify(b)).toBe(JSON.stringify(a));
  });

  it('addresses nobody by an empty audience, and by countries with kinds only who is both', () => {
    const ngo = { code: 'al-one', country: 'AL', kind: 'ngo' } as const;
    expect(addresses({}, ngo)).toBe(false);
    expect(addresses({ everyone: true }, ngo)).toBe(true);
    expect(addresses({ members: ['al-one'] }, ngo)).toBe(true);
    expect(addresses({ countries: ['AL'] }, ngo)).toBe(true);
    expect(addresses({ countries: ['AL'], kinds: ['rapporteur'] }, ngo)).toBe(false);
    expect(addresses({ countries: ['NL'], kinds: ['ngo'] }, ngo)).toBe(false);
    expect(addresses({ kinds: ['ngo'] }, ngo)).toBe(true);
    expect(addresses({ members: [], countries: ['NL'] }, ngo)).toBe(false);
  });

  it('knows days, months and years, and no others', () => {
    expect(daysOf('2024')).toEqual({ first: '2024-01-01', last: '2024-12-31' });
    expect(daysOf('2024-02')).toEqual({ first: '2024-02-01', last: '2024-02-29' });
    expect(daysOf('2023-02-29')).toBeNull();
    expect(isCalendarDate('2024-02-29')).toBe(true);
    expect(isCalendarDate('2023-04-31')).toBe(false);
  });

  it('keeps Namibia a country, and gives every statement an id of its own', () => {
    expect(isCountryCode('NA')).toBe(true);
    expect(isCountryCode('ZZ')).toBe(false);
    expect(alertIdOf('al-one', 'abcdefghijklmnop')).toMatch(
      /^alert:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(alertIdOf('al-one', 'abcdefghijklmnop')).not.toBe(alertIdOf('al-onea', 'bcdefghijklmnop'));
  });
});
