import {
  CODE_SYSTEMS,
  codeOf,
  deriveLinkageKeys,
  encodeLinkageKey,
  type LinkageProfile,
  normaliseDocumentNumber,
  readIdentity,
  readingOf,
  transliterate,
} from '../../../src/protocol/linkage/index.js';

interface RecordOfVector {
  readonly names: Readonly<Record<string, unknown>>;
}

/** What every step of the normaliser makes of one record. */
export interface LinkageVector {
  readonly name: string;
  readonly record: RecordOfVector;
  /** Every word of the names in a–z, as it came. */
  readonly words: Readonly<Record<string, string>>;
  readonly nameParts: readonly string[];
  readonly codes: Readonly<Record<string, readonly string[]>>;
  readonly birthDate: unknown;
  readonly places: readonly string[];
  readonly documents: readonly string[];
  /** Class, id, values and bits of each key. */
  readonly keys: readonly string[];
  /** The first key as it is blinded, in hexadecimal. */
  readonly firstKeyEncoded: string | null;
  readonly notMade: readonly string[];
}

export function vectorOf(name: string, record: RecordOfVector, epoch: string, profile: LinkageProfile): LinkageVector {
  const identity = readIdentity(record);
  const { nameParts, birthDate, placeSkeletons } = readingOf(identity);
  const { keys, notMade } = deriveLinkageKeys(identity, profile);
  const words = identity.names.flatMap((one) => one.split(/\s+/));
  return {
    ...{ name, record },
    words: Object.fromEntries(words.map((word) => [word, transliterate(word)])),
    nameParts,
    codes: Object.fromEntries(CODE_SYSTEMS.map((system) => [system, nameParts.map((part) => codeOf(part, system))])),
    birthDate,
    places: placeSkeletons,
    documents: identity.documents.map(({ number }) => normaliseDocumentNumber(number)),
    keys: keys.map(({ class: keyClass, id, values, bits }) => [keyClass, id, ...values, bits].join(' ')),
    firstKeyEncoded: keys[0] ? Buffer.from(encodeLinkageKey(epoch, keys[0])).toString('hex') : null,
    notMade: notMade.map(({ kind, reason, bits }) => `${kind} ${reason}${bits === null ? '' : ` ${bits}`}`),
  };
}
