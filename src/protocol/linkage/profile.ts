import { type FrequencyModel, readFrequencies } from './frequency-model.js';
import {
  KEY_CLASSES,
  KEY_PARTS,
  type KeyClass,
  type KeyGrade,
  type KeyKind,
  NAME_SELECTIONS,
} from './key-definition.js';
import { CODE_SYSTEMS } from './name-codes.js';
import { LinkageProfileError } from './profile-error.js';

/** Version of everything in this folder that decides which key a record gives. A change is a new version with new vectors. */
export const NORMALISER_VERSION = 1;

/** What all members of an accord agree on, so that the same person gives the same keys everywhere. */
export interface LinkageProfile {
  readonly name: string;
  readonly version: number;
  readonly mostKeys: number;
  /** In order of their worth: when there are more keys than `mostKeys`, the last ones are left out. */
  readonly kinds: readonly KeyKind[];
  readonly frequencies: FrequencyModel;
}

/** The least guessing entropy that a class may ask for. */
const LEAST_BITS: Readonly<Record<KeyClass, number>> = { DOC: 30, FULL: 30, PARTIAL: 22 };

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads `schema/linkage/profile.json` and `frequencies.json`. Throws `LinkageProfileError`; above all when the profile was made for another normaliser,
 * and when a key is a single attribute, which would let a thief of tokens count who is called what.
 */
export function readLinkageProfile(profileText: string, frequenciesText: string): LinkageProfile {
  const file = JSON.parse(profileText) as Fields;
  const frequencies = readFrequencies(frequenciesText);
  if (file['normaliser'] !== NORMALISER_VERSION) throw new LinkageProfileError('the profile is for another normaliser');
  if (file['frequencies'] !== frequencies.version)
    throw new LinkageProfileError('the profile is for other frequencies');
  const gradings = new Map(
    Object.entries(fieldsOf(file['grades'], 'grades')).map(([name, grades]) => [name, readGrades(grades, name)]),
  );
  const kinds = listOf(file['keys'], 'keys').map((one) => readKind(fieldsOf(one, 'keys'), gradings));
  if (new Set(kinds.map(({ name }) => name)).size !== kinds.length)
    throw new LinkageProfileError('two kinds of keys have the same name');
  return {
    name: textOf(file['name'], 'name'),
    version: wholeOf(file['version'], 'version'),
    mostKeys: wholeOf(file['mostKeys'], 'mostKeys'),
    kinds,
    frequencies,
  };
}

type Grade = Omit<KeyGrade, 'id'>;

/** Grades from the rarest down; no class takes values that are guessed more easily than its floor. */
function readGrades(value: unknown, where: string): readonly Grade[] {
  const grades = listOf(value, where).map((one) => {
    const fields = fieldsOf(one, where);
    return { class: oneOf(fields['class'], KEY_CLASSES, where), bits: wholeOf(fields['bits'], where) };
  });
  if (grades.length === 0 || grades.some(({ bits }, at) => at > 0 && bits >= (grades[at - 1]?.bits ?? 0)))
    throw new LinkageProfileError(`${where}: grades fall from the rarest`);
  if (grades.some((grade) => grade.bits < LEAST_BITS[grade.class]))
    throw new LinkageProfileError(`${where}: a grade is below the least bits of its class`);
  return grades;
}

function readKind(fields: Fields, gradings: ReadonlyMap<string, readonly Grade[]>): KeyKind {
  const kind = textOf(fields['kind'], 'kind');
  const names = fields['names'] === undefined ? null : oneOf(fields['names'], NAME_SELECTIONS, kind);
  const code = fields['code'] === undefined ? 'skeleton' : oneOf(fields['code'], CODE_SYSTEMS, kind);
  const parts = listOf(fields['parts'], kind).map((part) => oneOf(part, KEY_PARTS, kind));
  const grades = gradings.get(textOf(fields['grades'], kind));
  if (!grades) throw new LinkageProfileError(`${kind}: its grades are not in the profile`);
  const ofDate = parts.some((part) => ['Y', 'M', 'd', 'dm'].includes(part));
  const attributes = [names !== null, ofDate, parts.includes('C'), parts.includes('P')].filter(Boolean).length;
  const ofDocument = parts.length === 1 && (parts[0] === 'document' || parts[0] === 'document-less-one');
  if (ofDocument ? attributes > 0 : attributes < 2)
    throw new LinkageProfileError(`${kind}: a key is a document, or two attributes at least`);
  if (grades.some((grade) => (grade.class === 'DOC') !== ofDocument))
    throw new LinkageProfileError(`${kind}: documents, and only they, are of the class DOC`);
  return { name: kind, names, code, parts, grades: grades.map((grade) => ({ id: `${kind}:${grade.bits}`, ...grade })) };
}

function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null) throw new LinkageProfileError(`${where} is not an object`);
  return value as Fields;
}

function listOf(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new LinkageProfileError(`${where} is not a list`);
  return value;
}

function textOf(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') throw new LinkageProfileError(`${where} is not a text`);
  return value;
}

function wholeOf(value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1)
    throw new LinkageProfileError(`${where} is not a whole number above 0`);
  return value;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], where: string): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new LinkageProfileError(`${where}: none of ${allowed.join(', ')}`);
  return found;
}
