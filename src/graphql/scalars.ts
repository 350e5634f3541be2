import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { isCalendarDate, isCountryCode } from '../protocol/index.js';

/** A scalar over text. What is wrong with a value is never echoed. */
function textScalar(
  name: string,
  wanted: string,
  isValid: (text: string) => boolean,
): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string => {
    if (typeof value !== 'string' || !isValid(value))
      throw new GraphQLError(`${name} takes ${wanted}.`, { extensions: { code: 'BAD_USER_INPUT' } });
    return value;
  };
  return new GraphQLScalarType<string, string>({
    name,
    serialize: (value) =>
      typeof value === 'string' ? value : value instanceof Date ? value.toISOString() : String(value),
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
  });
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;
const PARTIAL_DATE = /^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

function isInstant(text: string): boolean {
  return (
    INSTANT.test(text) &&
    !text.startsWith('0000') &&
    isCalendarDate(text.slice(0, 10)) &&
    !Number.isNaN(Date.parse(text))
  );
}

/** The scalars of `common.graphql`. */
export const SCALARS = {
  Instant: textScalar('Instant', 'an instant in UTC such as 2026-11-23T19:08:00.000Z', isInstant),
  CalendarDate: textScalar(
    'CalendarDate',
    'a calendar date such as 2026-11-23',
    (text) => /^\d{4}-\d\d-\d\d$/.test(text) && isCalendarDate(text),
  ),
  PartialDate: textScalar(
    'PartialDate',
    'a date such as 2026, 2026-11 or 2026-11-23',
    (text) => PARTIAL_DATE.test(text) && (text.length < 10 || isCalendarDate(text)),
  ),
  Hash: textScalar('Hash', '32 bytes in base64url', (text) => /^[A-Za-z0-9_-]{43}$/.test(text)),
  SignedStatement: textScalar('SignedStatement', 'a JWS in compact serialisation', () => true),
  ConceptId: textScalar('ConceptId', 'a concept id such as means/deception', (text) =>
    /^[a-z][a-z-]*\/[a-z0-9-]{1,80}$/.test(text),
  ),
  CountryCode: textScalar('CountryCode', 'an ISO 3166-1 alpha-2 code', isCountryCode),
  LawRef: textScalar('LawRef', 'a law such as NL or a variant such as NL-273f-1-1', (text) =>
    /^[A-Z]{2,3}(-[A-Za-z0-9.-]{1,40})?$/.test(text),
  ),
};
