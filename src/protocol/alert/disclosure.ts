import { decodeCanonicalBase64url, encodeBase64url } from '../base64url.js';
import { sha256Base64url } from '../digest.js';
import { Refusal } from '../refusal.js';
import { type Json, parseStrictJsonObject } from '../statement/strict-json.js';

/** A token as it is sent: the kind of key that it was made of, and 16 bytes as base64url. */
export interface DisclosedToken {
  readonly key: string;
  readonly token: string;
}

/** The tokens of one alert in one epoch. */
export interface TokensOfEpoch {
  readonly epoch: string;
  readonly tokens: readonly DisclosedToken[];
}

/** What a disclosure says. */
export interface TokenDisclosure {
  /** `alert:` and a UUID. */
  readonly alert: string;
  readonly epochs: readonly TokensOfEpoch[];
}

/** A statement as it is sent to the hub: the JWS, and the disclosure of its tokens when it has one. */
export interface SentStatement {
  readonly compact: string;
  readonly disclosure: string | null;
}

/** The most tokens of one epoch, and the most epochs, of which two overlap. */
const MOST_TOKENS = 24;
const MOST_EPOCHS = 2;
const MOST_CHARACTERS = 16_384;

const encoder = new TextEncoder();
const SALT = /^[A-Za-z0-9_-]{16,64}$/;
const ALERT_ID = /^alert:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const EPOCH = /^[0-9]{4}-[0-9]{1,2}$/;
const KEY = /^[\x21-\x7e]{1,40}$/;
const TOKEN = /^[A-Za-z0-9_-]{22}$/;

/** Writes a disclosure with a fresh salt, and its digest for the statement (PROTOCOL.md, K2; RFC 9901 §4.2). */
export function writeDisclosure(value: TokenDisclosure): { readonly disclosure: string; readonly digest: string } {
  const salt = encodeBase64url(crypto.getRandomValues(new Uint8Array(16)));
  const disclosure = encodeBase64url(encoder.encode(JSON.stringify([salt, 'linkage', value])));
  return { disclosure, digest: sha256Base64url(disclosure) };
}

/** Puts a statement and its disclosure together for sending. */
export function withDisclosure(compact: string, disclosure: string | null): string {
  return disclosure === null ? compact : `${compact}~${disclosure}~`;
}

/** Takes apart what was sent. What does not look like a statement with a disclosure is a statement, and refused as one. Throws `Refusal` OVERSIZED. */
export function splitSent(sent: string): SentStatement {
  const [compact = '', disclosure, end, ...more] = sent.split('~', 4);
  if (disclosure === undefined || end !== '' || more.length > 0) return { compact: sent, disclosure: null };
  if (disclosure.length > MOST_CHARACTERS)
    throw new Refusal(
      'OVERSIZED',
      'The disclosure is too long.',
      `A disclosure has at most ${MOST_CHARACTERS} characters.`,
    );
  return { compact, disclosure };
}

/** Reads a disclosure and holds it against the digest and the alert that the signed statement names. Throws `Refusal` TOKENS_MISMATCH. */
export function readDisclosure(
  disclosure: string,
  expected: { readonly digest: string; readonly alert: string },
): TokenDisclosure {
  if (sha256Base64url(disclosure) !== expected.digest) throw mismatch();
  const bytes = decodeCanonicalBase64url(disclosure);
  // The parser takes an object, so that the array becomes one.
  const parsed = bytes && parseStrictJsonObject(encoder.encode(`{"d":${new TextDecoder().decode(bytes)}}`));
  const value = parsed && valueOf(parsed['d']);
  if (value?.alert !== expected.alert) throw mismatch();
  return value;
}

function valueOf(parts: Json | undefined): TokenDisclosure | null {
  if (!isList(parts) || parts.length !== 3) return null;
  const [salt, name, value] = parts;
  if (typeof salt !== 'string' || !SALT.test(salt) || name !== 'linkage' || !isObject(value)) return null;
  const { alert, epochs, ...rest } = value;
  if (typeof alert !== 'string' || !ALERT_ID.test(alert) || Object.keys(rest).length > 0) return null;
  const read = isList(epochs) ? epochs.map(epochOf) : [];
  const whole = read.flatMap((epoch) => (epoch ? [epoch] : []));
  const names = new Set(whole.map(({ epoch }) => epoch));
  if (read.length === 0 || read.length > MOST_EPOCHS || whole.length < read.length || names.size < read.length)
    return null;
  return { alert, epochs: whole };
}

function epochOf(value: Json): TokensOfEpoch | null {
  if (!isObject(value)) return null;
  const { epoch, tokens, ...rest } = value;
  if (typeof epoch !== 'string' || !EPOCH.test(epoch) || !isList(tokens) || Object.keys(rest).length > 0) return null;
  const read = tokens.map(tokenOf);
  const whole = read.flatMap((token) => (token ? [token] : []));
  const distinct = new Set(whole.map(({ key, token }) => `${key} ${token}`));
  if (read.length === 0 || read.length > MOST_TOKENS || distinct.size < read.length) return null;
  return { epoch, tokens: whole };
}

function tokenOf(value: Json): DisclosedToken | null {
  if (!isObject(value)) return null;
  const { key, token, ...rest } = value;
  if (typeof key !== 'string' || !KEY.test(key) || typeof token !== 'string' || !TOKEN.test(token)) return null;
  return Object.keys(rest).length > 0 || !decodeCanonicalBase64url(token) ? null : { key, token };
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mismatch(): Refusal {
  return new Refusal(
    'TOKENS_MISMATCH',
    'The disclosure of tokens is not the one that the statement names.',
    'Send the disclosure that was made with the statement, unchanged.',
    ['linkage'],
  );
}
