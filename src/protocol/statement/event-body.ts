import type { DecodedStatement } from './decode.js';
import type { Json } from './strict-json.js';

/** The body of the one event of a statement when it is of this type; null when it is of another, or not one. Says nothing about the signature. */
export function findEventBody({ claims }: DecodedStatement, event: string): { readonly [key: string]: Json } | null {
  const { events } = claims;
  const [[type, body] = [], ...more] = isObject(events) ? Object.entries(events) : [];
  return type === event && more.length === 0 && isObject(body) ? body : null;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
