import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deriveLinkageKeys, readIdentity, readingOf } from '../../../src/protocol/linkage/index.js';
import { drawnRecords } from './drawn-records.js';
import { shippedProfile } from './profile-files.js';

const profile = shippedProfile();
const keysOf = (record: unknown) => deriveLinkageKeys(readIdentity(record), profile);
const kinds = new Map(profile.kinds.flatMap((kind) => kind.grades.map((grade) => [grade.id, { kind, grade }])));
const rare = {
  names: { given: 'Lăcrămioara', family: 'Țiganuș' },
  ...{ birthDate: '1991-11-17', birthCountry: 'RO', birthPlace: 'Țăndărei' },
};

describe('the linkage keys of a record', () => {
  it('of a rare name with a full date are of the whole person', () => {
    const { keys } = keysOf(rare);
    const ids = keys.map(({ id }) => id);
    expect(ids.some((id) => id.startsWith('T2+D/s:'))).toBe(true);
    expect(keys.filter((key) => key.class === 'FULL').length).toBeGreaterThan(0);
    expect(ids.some((id) => id.startsWith('TA'))).toBe(false);
  });

  it('of three names have all of them together, too', () => {
    const { keys } = keysOf({ ...rare, names: { given: 'Lăcrămioara Crizantema', family: 'Țiganuș' } });
    expect(keys.some(({ id }) => id.startsWith('TA+D/s:'))).toBe(true);
    expect(keys.filter(({ id }) => id.startsWith('T2+D/s:'))).toHaveLength(3);
  });

  it('are not made of names alone, nor of a name and a place that many share', () => {
    expect(keysOf({ names: { given: 'Maria', family: 'Popescu' } }).keys).toEqual([]);
    expect(keysOf({ names: { given: 'Maria', family: 'Popescu' }, birthPlace: 'București' }).keys).toEqual([]);
    expect(keysOf({ names: rare.names, birthPlace: 'Țăndărei' }).keys.map(({ id }) => id)).toContain('T2+P/s:32');
  });

  it('say why others were not made', () => {
    const { notMade } = keysOf({ names: { given: 'Maria', family: 'Popescu' }, birthDate: '2003', birthCountry: 'RO' });
    expect(notMade).toContainEqual({ kind: 'T2+D/s', reason: 'UNKNOWN_PART', bits: null });
    expect(notMade).toContainEqual({ kind: 'T2+Y+C/s', reason: 'TOO_EASILY_GUESSED', bits: expect.any(Number) });
    const many = { type: 'passport', issuer: 'RO' };
    const full = keysOf({
      ...rare,
      names: { parts: ['Lăcrămioara', 'Crizantema', 'Țiganuș', 'Hortensia'] },
      documents: [{ ...many, number: 'AB1234567' }],
    });
    expect(full.keys).toHaveLength(24);
    expect(full.notMade).toContainEqual(expect.objectContaining({ reason: 'NO_ROOM' }));
  });

  it('of a document do not need more, and bear one wrong character', () => {
    const document = (number: string) => ({
      ...{ names: { given: 'X' } },
      documents: [{ type: 'passport', issuer: 'RO', number }],
    });
    const [one, other] = ['AB1234567', 'AB1284567'].map((number) => keysOf(document(number)).keys);
    const values = new Set(one?.map(({ id, values }) => [id, ...values].join('|')));
    const shared = other?.filter(({ id, values: theirs }) => values.has([id, ...theirs].join('|')));
    expect(shared?.map(({ id }) => id)).toEqual(['DOC-1:30']);
    expect(keysOf(document('12345')).keys).toEqual([]);
  });

  it('are never below what their grade asks, and never more than 24', () => {
    fc.assert(
      fc.property(drawnRecords, (record) => {
        const { keys } = keysOf(record);
        expect(keys.length).toBeLessThanOrEqual(profile.mostKeys);
        for (const { id, class: keyClass, bits } of keys) {
          expect(bits).toBeGreaterThanOrEqual(kinds.get(id)?.grade.bits ?? Infinity);
          expect(bits).toBeGreaterThanOrEqual(keyClass === 'PARTIAL' ? 22 : 30);
        }
      }),
    );
  });

  it('never rest on an unknown part', () => {
    fc.assert(
      fc.property(drawnRecords, (record) => {
        const identity = readIdentity(record);
        const { birthDate, birthCountry, placeSkeletons } = readingOf(identity);
        for (const { id, values } of keysOf(record).keys) {
          const parts = kinds.get(id)?.kind.parts ?? [];
          expect(values).not.toContain('');
          if (parts.includes('Y')) expect(birthDate.year).not.toBeNull();
          if (parts.includes('M') || parts.includes('dm')) expect(birthDate.month).not.toBeNull();
          if (parts.includes('d') || parts.includes('dm')) expect(birthDate.day).not.toBeNull();
          if (parts.includes('C')) expect(birthCountry).not.toBeNull();
          if (parts.includes('P')) expect(placeSkeletons).not.toEqual([]);
          if (parts.some((part) => part.startsWith('document'))) expect(identity.documents).not.toEqual([]);
        }
      }),
    );
  });

  it('do not depend on the order of names, places or documents', () => {
    fc.assert(
      fc.property(drawnRecords, (record) => {
        const turned = {
          ...record,
          names: { parts: [...record.names.family, record.names.given].reverse() },
          birthPlace: [...(record.birthPlace ?? [])].reverse(),
        };
        const spelled = (one: unknown) =>
          keysOf(one)
            .keys.map(({ id, values }) => [id, ...values].join('|'))
            .sort();
        // Where there is no room for all, which place comes first may decide.
        fc.pre(keysOf(record).notMade.every(({ reason }) => reason !== 'NO_ROOM'));
        expect(spelled(turned)).toEqual(spelled(record));
      }),
    );
  });
});
