import { LinkageRefusal, type LinkageRefusalCode } from '../protocol/linkage/index.js';

/** An identity record is refused before anything is made of it: which field, why, what to do. Never what stood there. */
export class IdentityRefusal extends Error {
  override readonly name = 'IdentityRefusal';

  constructor(
    readonly code: LinkageRefusalCode,
    message: string,
    readonly remedy: string,
    readonly path: readonly string[],
  ) {
    super(message);
  }
}

/** A refusal of the normaliser in words that an officer can act on; any other error as it is. */
export function asIdentityRefusal(error: unknown): unknown {
  if (!(error instanceof LinkageRefusal)) return error;
  const [message, remedy] = WORDS[error.code];
  return new IdentityRefusal(error.code, message, remedy, ['identity', ...error.path]);
}

const FORM =
  'Write { "names": { "given": "…", "family": "…" }, "birthDate": "1990-05-17", "calendar": "gregorian", "birthCountry": "XX", "birthPlace": "…", "documents": [{ "type": "passport", "issuer": "XX", "number": "…" }] }; all but names may be left out.';

const WORDS: Readonly<Record<LinkageRefusalCode, readonly [message: string, remedy: string]>> = {
  RECORD_NOT_AN_OBJECT: ['The identity record, or this part of it, is not of the form that is read.', FORM],
  FIELD_UNKNOWN: ['There is a field here that an identity record does not have.', FORM],
  FIELD_NOT_TEXT: ['This field is not a text.', 'Write it in quotation marks.'],
  FIELD_TOO_LONG: ['This field is longer than 200 characters.', 'Write one name, place or number a field.'],
  TOO_MANY_VALUES: ['This field has more than 10 values.', 'Keep those that are surest.'],
  NAMES_MISSING: ['The record has no name that can be read.', 'Give at least one name, in any script.'],
  BIRTH_DATE_UNREADABLE: [
    'The date of birth is not of a form that is read.',
    'Write 1990-05-17, 1990-05 or 1990; 00 where month or day is unknown.',
  ],
  BIRTH_DATE_AMBIGUOUS: ['Day and month of the date of birth may be swapped.', 'Write it as year-month-day.'],
  BIRTH_DATE_IMPOSSIBLE: [
    'There is no such day in this calendar.',
    'Check date and calendar (gregorian, hijri, jalali, buddhist).',
  ],
  CALENDAR_UNKNOWN: ['There is no such calendar here.', 'Take one of gregorian, hijri, jalali, buddhist.'],
  COUNTRY_UNKNOWN: ['This is not the code of a country.', 'Write two capital letters (ISO 3166-1).'],
  DOCUMENT_TYPE_UNKNOWN: [
    'There is no such type of document here.',
    'Take one of passport, identity-card, residence-permit, national-number, other.',
  ],
  DOCUMENT_NUMBER_MISSING: [
    'A document has no number that can be read.',
    'Give its number, or leave the document out.',
  ],
};
