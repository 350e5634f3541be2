import type { BirthDate } from './birth-date.js';
import type { DocumentType } from './document-number.js';

/** A document that was shown: its number as printed. */
export interface IdentityDocument {
  readonly type: DocumentType;
  /** ISO 3166-1 alpha-2. */
  readonly issuer: string;
  readonly number: string;
}

/** Who a person is, as an organisation knows it. Never leaves the organisation. */
export interface Identity {
  /** All names, in any order and script. */
  readonly names: readonly string[];
  readonly birthDate: BirthDate;
  /** ISO 3166-1 alpha-2. */
  readonly birthCountry: string | null;
  /** Names of the place of birth, from the smallest outwards: a village and its district are two. */
  readonly birthPlaces: readonly string[];
  readonly documents: readonly IdentityDocument[];
}
