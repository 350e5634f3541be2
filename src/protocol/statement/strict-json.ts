const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A JSON value that was parsed strictly. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_DEPTH = 12;

/**
 * Parses bytes as one JSON object: strict UTF-8 (RFC 3629), no byte order mark, no duplicate or prototype keys, no lone surrogates, no NUL in texts,
 * whole numbers of at most 16 digits and written plainly, at most 12 levels deep. Null when anything is off. Duplicates are found by comparing the number of keys written with the number kept,
 * because two readers that keep different ones would see different statements (RFC 8259 §4); so they would of numbers beyond what each can hold (§6).
 */
export function parseStrictJsonObject(bytes: Uint8Array): { readonly [key: string]: Json } | null {
  try {
    const text = decoder.decode(bytes);
    const { colons, depth } = scan(text);
    if (depth > MAX_DEPTH) return null;
    const value = JSON.parse(text) as Json;
    if (typeof value !== 'object' || value === null || isList(value)) return null;
    // Strict UTF-8 holds no lone surrogate, and JSON no NUL; only an escape can write one.
    if (text.includes('\\u')) assertWellFormed(value);
    return countKeys(value) === colons ? value : null;
  } catch {
    return null;
  }
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Counts the keys of a value, and throws on a forbidden key. */
function countKeys(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (isList(value)) {
    for (const item of value) count += countKeys(item);
    return count;
  }
  for (const [key, item] of Object.entries(value)) {
    if (FORBIDDEN_KEYS.has(key)) throw new SyntaxError('forbidden key');
    count += 1 + countKeys(item);
  }
  return count;
}

const NO_TEXT = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Throws on a NUL or a lone surrogate in any key or text of a value. */
function assertWellFormed(value: Json): void {
  if (typeof value === 'string') {
    if (NO_TEXT.test(value)) throw new SyntaxError('no text');
  } else if (typeof value === 'object' && value !== null) {
    for (const part of isList(value) ? value : Object.entries(value).flat()) assertWellFormed(part);
  }
}

const PLAIN_NUMBER = /(?:0|-?[1-9]\d{0,15})(?![\d.eE])/y;

/** The place after the number that begins here; throws when it is not a plain one. */
function numberEnd(text: string, start: number): number {
  PLAIN_NUMBER.lastIndex = start;
  if (!PLAIN_NUMBER.test(text)) throw new SyntaxError('no plain number');
  return PLAIN_NUMBER.lastIndex;
}

/** How many keys stand in valid JSON text (colons outside strings), and how deep it nests. Throws on a number that is not written plainly. */
function scan(text: string): { colons: number; depth: number } {
  let colons = 0;
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 92) i++;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 58) colons++;
    else if (code === 123 || code === 91) deepest = Math.max(deepest, ++depth);
    else if (code === 125 || code === 93) depth--;
    else if (code === 45 || (code >= 48 && code <= 57)) i = numberEnd(text, i) - 1;
  }
  return { colons, depth: deepest };
}
