import { describe, expect, it } from '@jest/globals';
import { codeOf, LinkageProfileError, readLinkageProfile, transliterate } from '../../../src/protocol/linkage/index.js';
import { frequenciesText, profileText, shippedProfile } from './profile-files.js';

type Changed = Record<string, unknown>;

const profile = JSON.parse(profileText) as Changed & { keys: Changed[]; grades: Record<string, unknown> };
const kind = { kind: 'X', names: 'T2', code: 'skeleton', parts: ['Y'], grades: 'partial' };
const withKey = (changes: Changed) => ({ ...profile, keys: [...profile.keys, { ...kind, ...changes }] });
const withGrades = (grades: unknown) => ({ ...profile, grades: { ...profile.grades, partial: grades } });

const BROKEN: readonly (readonly [fault: string, file: unknown])[] = [
  ['it is for another normaliser', { ...profile, normaliser: 2 }],
  ['it is for other frequencies', { ...profile, frequencies: 2 }],
  ['a key is a name alone', withKey({ parts: [] })],
  ['a key is a date alone', withKey({ names: undefined, parts: ['Y', 'M', 'd'] })],
  ['a key is a country alone', withKey({ names: undefined, parts: ['C'] })],
  ['a document is mixed with a name', withKey({ parts: ['document'], grades: 'document' })],
  ['a document is of another class', withKey({ names: undefined, parts: ['document'] })],
  ['names and dates are of the class of documents', withKey({ grades: 'document' })],
  ['two kinds have one name', withKey({ kind: 'DOC', parts: ['Y'] })],
  ['a part is not known', withKey({ parts: ['Z'] })],
  ['its grades are not there', withKey({ grades: 'none' })],
  ['a class asks for too little', withGrades([{ class: 'PARTIAL', bits: 21 }])],
  ['a full key asks for too little', withGrades([{ class: 'FULL', bits: 29 }])],
  ['grades rise', withGrades([22, 27].map((bits) => ({ class: 'PARTIAL', bits })))],
  ['there are no grades', withGrades([])],
];

describe('a linkage profile', () => {
  it('that ships is read, with its kinds in order and grades that admit by class', () => {
    const { kinds, mostKeys } = shippedProfile();
    expect(mostKeys).toBe(24);
    expect(kinds[0]?.name).toBe('DOC');
    for (const grade of kinds.flatMap(({ grades }) => grades))
      expect(grade.bits).toBeGreaterThanOrEqual(grade.class === 'PARTIAL' ? 22 : 30);
  });

  it.each(BROKEN)('is refused when %s', (_, file) => {
    expect(() => readLinkageProfile(JSON.stringify(file), frequenciesText)).toThrow(LinkageProfileError);
  });

  it('is refused with frequencies that are no shares', () => {
    for (const broken of [frequenciesText.replace('"RO:', '"RO:x'), frequenciesText.replace('"regions"', '"areas"')])
      expect(() => readLinkageProfile(profileText, broken)).toThrow(LinkageProfileError);
  });
});

describe('the frequencies that ship', () => {
  const { frequencies } = shippedProfile();
  const bits = (codes: readonly string[], more = {}) => frequencies.bitsOf({ codes, system: 'skeleton', ...more });

  it('know common names, ages and countries from rare ones', () => {
    expect(bits(['MR'], { year: 2004 })).toBeLessThan(bits(['LKRM'], { year: 2004 }));
    expect(bits(['MR'], { year: 2004 })).toBeLessThan(bits(['MR'], { year: 1940 }));
    expect(bits(['MR'], { country: 'RO' })).toBeLessThan(bits(['MR'], { country: 'IS' }));
  });

  it('know that names of one region come together', () => {
    const [nguyen, phuong] = ['Nguyen', 'Phuong'].map((name) => codeOf(transliterate(name), 'skeleton'));
    const together = bits([nguyen ?? '', phuong ?? '']);
    expect(together).toBeLessThan(bits([nguyen ?? '']) + bits([phuong ?? '']) - 2);
  });

  it('count month, day, their sorted pair, places and documents', () => {
    expect(bits([], { month: true, day: true })).toBeCloseTo(Math.log2(360), 2);
    expect(bits([], { sortedDayAndMonth: true })).toBeCloseTo(Math.log2(365 / 2), 2);
    expect(bits([], { place: 'SV' })).toBeLessThan(bits([], { place: 'TNDRX' }));
    expect(frequencies.bitsOfDocument('RO', '05123456')).toBeLessThan(frequencies.bitsOfDocument('RO', 'AB123456'));
  });

  it('never hold a name for rarer than one in 2¹⁵, nor a place for rarer than one in 2¹⁶', () => {
    expect(bits(['XQXQX'])).toBeLessThanOrEqual(15);
    expect(bits([], { place: 'XQXQXQX' })).toBeLessThanOrEqual(16);
  });
});
