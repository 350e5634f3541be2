/** Why an identity record is refused at the door. */
export const LINKAGE_REFUSAL_CODES = [
  'RECORD_NOT_AN_OBJECT',
  'FIELD_UNKNOWN',
  'FIELD_NOT_TEXT',
  'FIELD_TOO_LONG',
  'TOO_MANY_VALUES',
  'NAMES_MISSING',
  'BIRTH_DATE_UNREADABLE',
  'BIRTH_DATE_AMBIGUOUS',
  'BIRTH_DATE_IMPOSSIBLE',
  'CALENDAR_UNKNOWN',
  'COUNTRY_UNKNOWN',
  'DOCUMENT_TYPE_UNKNOWN',
  'DOCUMENT_NUMBER_MISSING',
] as const;
export type LinkageRefusalCode = (typeof LINKAGE_REFUSAL_CODES)[number];

/** An identity record is refused. Says where and why, never what stood there. */
export class LinkageRefusal extends Error {
  override readonly name = 'LinkageRefusal';

  constructor(
    readonly code: LinkageRefusalCode,
    readonly path: readonly string[],
  ) {
    super(`${path.join('.') || 'the record'}: ${code}`);
  }
}
