import { Refusal } from '../refusal.js';
import type { DecodedStatement } from './decode.js';
import type { Json } from './strict-json.js';

/** The claims that every statement carries (RFC 8417 §2.2, RFC 7519 §4.1). */
export interface StatementClaims {
  readonly issuer: string;
  readonly jti: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  /** Until when it may be submitted, seconds since 1970. */
  readonly submitBefore: number;
  readonly event: string;
  readonly body: { readonly [key: string]: Json };
}

/** The media type that explicit typing asks for (RFC 8417 §2.3, RFC 8725 §3.11). */
export const STATEMENT_TYPE = 'secevent+jwt';

/** How far clocks may differ, seconds. */
export const CLOCK_SKEW_SECONDS = 60;

/** How old a statement may be when it is submitted, unless it says less: an office with a bad line sends later. */
export const MAX_STATEMENT_AGE_SECONDS = 30 * 24 * 3600;

const JTI = /^[A-Za-z0-9_-]{16,64}$/;
const MEMBER_CODE = /^[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*$/;

/** What a statement is checked against. `now` in seconds since 1970. */
export interface ClaimExpectations {
  readonly audience: string;
  readonly events: readonly string[];
  readonly now: number;
}

/**
 * Reads and checks the claims that say for whom, of what type and when. Says nothing about the signature.
 * Throws `Refusal`: WRONG_STATEMENT_TYPE, SCHEMA_INVALID, WRONG_AUDIENCE, NOT_YET_VALID, EXPIRED.
 */
export function readClaims(statement: DecodedStatement, expected: ClaimExpectations): StatementClaims {
  const { claims } = statement;
  if (statement.typ !== STATEMENT_TYPE) throw wrongType(['header', 'typ']);
  const { iss, aud, iat, exp, nbf, jti, events } = claims;
  if (typeof iss !== 'string' || iss.length > 40 || !MEMBER_CODE.test(iss))
    throw malformed('iss', 'a member code such as nl-example');
  if (typeof jti !== 'string' || !JTI.test(jti)) throw malformed('jti', '16 to 64 characters of base64url');
  const issuedAt = numericDate(iat, 'iat');
  const submitBefore = exp === undefined ? issuedAt + MAX_STATEMENT_AGE_SECONDS : numericDate(exp, 'exp');
  if (aud !== expected.audience) {
    throw new Refusal(
      'WRONG_AUDIENCE',
      'The statement is addressed to another audience.',
      'Use the audience that the accord names.',
      ['aud'],
    );
  }
  const notBefore = nbf === undefined ? issuedAt : Math.max(issuedAt, numericDate(nbf, 'nbf'));
  if (notBefore > expected.now + CLOCK_SKEW_SECONDS) {
    throw new Refusal('NOT_YET_VALID', 'The statement is dated in the future.', 'Set your clock, then sign again.', [
      'iat',
    ]);
  }
  if (Math.min(submitBefore, issuedAt + MAX_STATEMENT_AGE_SECONDS) < expected.now - CLOCK_SKEW_SECONDS) {
    throw new Refusal('EXPIRED', 'The statement has expired or was made more than 30 days ago.', 'Sign it again.', [
      exp === undefined ? 'iat' : 'exp',
    ]);
  }
  const [event, body] = onlyEvent(events);
  if (!expected.events.includes(event)) throw wrongType(['events']);
  return { issuer: iss, jti, issuedAt, submitBefore, event, body };
}

function onlyEvent(events: Json | undefined): [string, { readonly [key: string]: Json }] {
  const entries = isObject(events) ? Object.entries(events) : [];
  const [first] = entries;
  if (entries.length !== 1 || !first) throw malformed('events', 'an object with exactly one event');
  const [event, body] = first;
  if (!isObject(body)) throw malformed('events', 'an object with exactly one event');
  return [event, body];
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numericDate(value: Json | undefined, name: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1577836800 || value > 4102444800) {
    throw malformed(name, 'whole seconds since 1970, between 2020 and 2100');
  }
  return value;
}

function malformed(name: string, wanted: string): Refusal {
  return new Refusal('SCHEMA_INVALID', `The claim ${name} is not well-formed.`, `It takes ${wanted}.`, [name]);
}

function wrongType(path: string[]): Refusal {
  return new Refusal(
    'WRONG_STATEMENT_TYPE',
    'The statement is not of the type that this operation takes.',
    'Use the operation that fits the event.',
    path,
  );
}
