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
export interface KeyKind {
  /** Such as `T2+D/s`. */
  readonly name: string;
  /** Null when no name is in it. */
  readonly names: NameSelection | null;
  readonly code: CodeSystem;
  readonly parts: readonly KeyPart[];
  /** From the rarest down; a value that is below the last is not made into a key. */
  readonly grades: readonly KeyGrade[];
}

/** How rare a value is decides the grade of its key. The grade is part of the id, so that the hub knows about how rare a token is, and not of what. */
export interface KeyGrade {
  /** Such as `T2+D/s:30`; the same for every record and everywhere. */
  readonly id: string;
  readonly class: KeyClass;
  /** Guessing entropy, in bits, from which a value is of this grade. */
  readonly bits: number;
}
