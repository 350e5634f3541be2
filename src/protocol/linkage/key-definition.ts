import type { CodeSystem } from './name-codes.js';

/** What custodians meter apart: documents, names with a full date, names with a part of the date or a place. */
export const KEY_CLASSES = ['DOC', 'FULL', 'PARTIAL'] as const;
export type KeyClass = (typeof KEY_CLASSES)[number];

/** Which of the name parts go into a key: all, each unordered pair, each one. */
export const NAME_SELECTIONS = ['TA', 'T2', 'T1'] as const;
export type NameSelection = (typeof NAME_SELECTIONS)[number];

/**
 * What else goes into a key: year, month and day of birth, day and month sorted (so that a swap does not matter), country and place of birth,
 * a document's type, issuer and number, and the same with one character less.
 */
export const KEY_PARTS = ['Y', 'M', 'd', 'dm', 'C', 'P', 'document', 'document-less-one'] as const;
export type KeyPart = (typeof KEY_PARTS)[number];

/** One kind of linkage key, as a profile lists it. */
export interface KeyDefinition {
  /** Such as `T2+D/s`; the same for every record and everywhere. */
  readonly id: string;
  readonly class: KeyClass;
  /** Null when no name is in it. */
  readonly names: NameSelection | null;
  readonly code: CodeSystem;
  readonly parts: readonly KeyPart[];
  /** Guessing entropy, in bits, below which a value of this kind is not made into a key. */
  readonly leastBits: number;
  /** From here on it is made in a better class, under another id; usually there is none. */
  readonly belowBits: number;
}
