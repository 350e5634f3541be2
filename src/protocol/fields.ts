import { decodeCanonicalBase64url } from './base64url.js';
import { Refusal } from './refusal.js';
import type { Json } from './statement/index.js';

/** Reads the fields of an object from outside. Each reader throws `Refusal` SCHEMA_INVALID with the path of what is not as it should be, and repeats no value. */
export class Fields {
  private constructor(
    private readonly values: { readonly [key: string]: Json },
    private readonly path: readonly string[],
  ) {}

  /** The fields of an object that has no others than those named. */
  static of(value: Json | undefined, names: readonly string[], path: readonly string[] = []): Fields {
    if (typeof value !== 'object' || value === null || isList(value)) throw malformed(path, 'an object');
    if (Object.keys(value).some((name) => !names.includes(name)))
      throw malformed(path, `an object with no other properties than ${names.join(', ')}`);
    return new Fields(value, path);
  }

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  text(name: string, pattern: RegExp): string {
    return readText(this.values[name], pattern, this.at(name));
  }

  oneOf<T extends string>(name: string, known: readonly T[]): T {
    const value = known.find((one) => one === this.values[name]);
    if (value === undefined) throw malformed(this.at(name), `one of ${known.join(', ')}`);
    return value;
  }

  number(name: string, least: number, most: number): number {
    const value = this.values[name];
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value;
    throw malformed(this.at(name), `a whole number from ${least} to ${most}`);
  }

  bytes(name: string, length: number): Uint8Array {
    return readBytes(this.values[name], length, this.at(name));
  }

  /** An object of which only the names that may stand in it are known; each value is read by `read`. */
  record<K extends string, T>(
    name: string,
    names: readonly K[],
    read: (value: Json, path: readonly string[]) => T,
  ): Partial<Record<K, T>> {
    const path = this.at(name);
    const { values } = Fields.of(this.values[name], names, path);
    const record: Partial<Record<K, T>> = {};
    for (const key of names) {
      const value = values[key];
      if (value !== undefined) record[key] = read(value, [...path, key]);
    }
    return record;
  }

  list<T>(name: string, most: number, read: (value: Json, path: readonly string[]) => T): readonly T[] {
    return readList(this.values[name], most, read, this.at(name));
  }

  object(name: string, names: readonly string[]): Fields {
    return Fields.of(this.values[name], names, this.at(name));
  }

  /** What stands there, to be read by whoever knows what it is. */
  raw(name: string): Json | undefined {
    return this.values[name];
  }

  private at(name: string): readonly string[] {
    return [...this.path, name];
  }
}

/** A list of so many values at most, and at least. */
export function readList<T>(
  value: Json | undefined,
  most: number,
  read: (value: Json, path: readonly string[]) => T,
  path: readonly string[],
  least = 0,
): readonly T[] {
  if (!isList(value) || value.length > most || value.length < least)
    throw malformed(path, `a list of ${least} to ${most}`);
  return value.map((item, at) => read(item, [...path, String(at)]));
}

/** Bytes of one length in canonical base64url. */
export function readBytes(value: Json | undefined, length: number, path: readonly string[]): Uint8Array {
  const bytes = typeof value === 'string' ? decodeCanonicalBase64url(value) : null;
  if (bytes?.length !== length) throw malformed(path, `${length} bytes in canonical base64url`);
  return bytes;
}

export function readText(value: Json | undefined, pattern: RegExp, path: readonly string[]): string {
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw malformed(path, 'text of the form that the schema gives');
}

export function malformed(path: readonly string[], wanted: string): Refusal {
  return new Refusal('SCHEMA_INVALID', 'A property is not what it should be.', `It takes ${wanted}.`, path);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
