import { sha256Base64url } from './digest.js';
import type { Json } from './statement/index.js';

const encoder = new TextEncoder();

/**
 * JSON in its one spelling (RFC 8785): no space, names sorted by UTF-16 code units. Of numbers the protocol knows whole ones alone (S4), which ECMAScript writes as RFC 8785 wants.
 * Throws `RangeError` for other numbers.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError('numbers are whole');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${canonicalJson(one)}`);
  return `{${members.join(',')}}`;
}

/** SHA-256 of JSON in its one spelling, base64url. */
export function canonicalHash(value: Json): string {
  return sha256Base64url(encoder.encode(canonicalJson(value)));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
