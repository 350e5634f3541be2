export { type BirthDate, readBirthDate, UNKNOWN_BIRTH_DATE } from './birth-date.js';
export { type Calendar, CALENDARS, type CalendarDay, toGregorian } from './calendars.js';
export { DOCUMENT_TYPES, type DocumentType, normaliseDocumentNumber, shortenedNumbers } from './document-number.js';
export { encodeLinkageKey } from './encode-linkage-key.js';
export { explain, type Explanation, type RecordStrength } from './explain.js';
export { type IdentityReading, readingOf } from './identity-reading.js';
export type { Identity, IdentityDocument } from './identity.js';
export {
  KEY_CLASSES,
  type KeyClass,
  type KeyGrade,
  type KeyKind,
  type KeyPart,
  type NameSelection,
} from './key-definition.js';
export {
  deriveLinkageKeys,
  type DerivedKeys,
  type KeyNotMade,
  type LinkageKey,
  type ReasonNotMade,
} from './linkage-keys.js';
export { LINKAGE_REFUSAL_CODES, LinkageRefusal, type LinkageRefusalCode } from './linkage-refusal.js';
export { CODE_SYSTEMS, codeOf, type CodeSystem } from './name-codes.js';
export { MOST_NAME_PARTS, namePartsOf } from './name-parts.js';
export { placeSkeletonOf } from './place.js';
export { LinkageProfileError } from './profile-error.js';
export { type LinkageProfile, NORMALISER_VERSION, readLinkageProfile } from './profile.js';
export { readIdentity } from './read-identity.js';
export { skeletonOf } from './skeleton.js';
export { transliterate } from './transliterate.js';
