import { type FrequencyModel, readFrequencies } from './frequency-model.js';
import { KEY_CLASSES, KEY_PARTS, type KeyClass, type KeyDefinition, NAME_SELECTIONS } from './key-definition.js';
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
  readonly keys: readonly KeyDefinition[];
  readonly frequencies: FrequencyModel;
}

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
  const admission = fieldsOf(file['admission'], 'admission');
  const leastBits = new Map(KEY_CLASSES.map((one) => [one, wholeOf(admission[one], `admission.${one}`)]));
  const keys = listOf(file['keys'], 'keys').map((one) => readKey(fieldsOf(one, 'keys'), leastBits));
  const ids = new Set(keys.map(({ id }) => id));
  if (ids.size !== keys.length) throw new LinkageProfileError('two keys have the same id');
  return {
    name: textOf(file['name'], 'name'),
    version: wholeOf(file['version'], 'version'),
    mostKeys: wholeOf(file['mostKeys'], 'mostKeys'),
    keys,
    frequencies,
  };
}

function readKey(fields: Fields, leastBits: ReadonlyMap<KeyClass, number>): KeyDefinition {
  const id = textOf(fields['id'], 'id');
  const keyClass = oneOf(fields['class'], KEY_CLASSES, id);
  const names = fields['names'] === undefined ? null : oneOf(fields['names'], NAME_SELECTIONS, id);
  const parts = listOf(fields['parts'], id).map((part) => oneOf(part, KEY_PARTS, id));
  const ofDate = parts.some((part) => ['Y', 'M', 'd', 'dm'].includes(part));
  const attributes = [names !== null, ofDate, parts.includes('C'), parts.includes('P')].filter(Boolean).length;
  const ofDocument = parts.length === 1 && (parts[0] === 'document' || parts[0] === 'document-less-one');
  if (ofDocument ? keyClass !== 'DOC' || attributes > 0 : keyClass === 'DOC' || attributes < 2)
    throw new LinkageProfileError(`${id}: a key is a document, or two attributes at least`);
  return {
    ...{ id, class: keyClass, names, parts },
    code: fields['code'] === undefined ? 'skeleton' : oneOf(fields['code'], CODE_SYSTEMS, id),
    belowBits: fields['belowBits'] === undefined ? Infinity : wholeOf(fields['belowBits'], id),
    leastBits:
      fields['leastBits'] === undefined ? (leastBits.get(keyClass) ?? Infinity) : wholeOf(fields['leastBits'], id),
  };
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
