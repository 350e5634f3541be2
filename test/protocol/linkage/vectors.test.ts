import { describe, expect, it } from '@jest/globals';
import { NORMALISER_VERSION } from '../../../src/protocol/linkage/index.js';
import { shippedProfile, vectorsText } from './profile-files.js';
import { type LinkageVector, vectorOf } from './vector-of.js';

interface VectorFile {
  readonly profile: string;
  readonly version: number;
  readonly normaliser: number;
  readonly epoch: string;
  readonly vectors: readonly LinkageVector[];
}

const file = JSON.parse(vectorsText) as VectorFile;
const profile = shippedProfile();

const SCRIPTS: Readonly<Record<string, RegExp>> = {
  Latin: /\p{Script=Latin}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Greek: /\p{Script=Greek}/u,
  Arabic: /\p{Script=Arabic}/u,
  Hebrew: /\p{Script=Hebrew}/u,
  Georgian: /\p{Script=Georgian}/u,
  Armenian: /\p{Script=Armenian}/u,
  Thai: /\p{Script=Thai}/u,
};

describe('the known answers', () => {
  it('are of the profile and the normaliser that ship', () => {
    expect([file.profile, file.version, file.normaliser]).toEqual([profile.name, profile.version, NORMALISER_VERSION]);
  });

  it.each(Object.entries(SCRIPTS))('have a record in %s', (_, script) => {
    expect(file.vectors.some(({ record }) => script.test(JSON.stringify(record.names)))).toBe(true);
  });

  it.each(file.vectors.map((vector) => [vector.name, vector] as const))('hold for %s', (_, vector) => {
    expect(vectorOf(vector.name, vector.record, file.epoch, profile)).toEqual(vector);
  });

  it.each([
    ['a Bulgarian in two scripts', 'the same Bulgarian in Latin letters'],
    ['a Moroccan in Arabic letters', 'the same Moroccan in Latin letters'],
    ['a Ukrainian', 'the same Ukrainian as a German office wrote her'],
  ])('of %s and of %s share a key of the whole person', (a, b) => {
    const [one, other] = [a, b].map((name) => file.vectors.find((vector) => vector.name === name)?.keys ?? []);
    const wholePerson = (key: string) => / T2\+D\/[smt]:/.test(key);
    expect(other?.filter((key) => wholePerson(key) && one?.includes(key))).not.toEqual([]);
  });
});
