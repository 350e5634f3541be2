import { readFile } from 'node:fs/promises';
import { parseStrictJsonObject } from '../../protocol/index.js';
import { LinkageRefusal, readIdentity, type Identity } from '../../protocol/linkage/index.js';
import { asIdentityRefusal } from '../identity-refusal.js';
import { MemberError } from '../member-error.js';

/** How precisely a date of birth was written, whatever of it is then believed. */
export type WrittenDate = 'nothing' | 'year' | 'month' | 'day';

/** An identity record as it was given, read. It stays at the member. */
export interface GivenIdentity {
  readonly identity: Identity;
  readonly writtenDate: WrittenDate;
}

/** More than ten names, places and documents of 200 characters take. */
const MAX_BYTES = 64 * 1024;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Reads one identity record from a file, or with `-` from `input`: never from an argument, which a shell would remember.
 * Throws `MemberError` BAD_INPUT or `IdentityRefusal`; neither repeats a value.
 */
export async function readIdentityFile(file: string, input?: AsyncIterable<Uint8Array>): Promise<GivenIdentity> {
  const bytes = file === '-' ? await readInput(input) : await bytesOf(file);
  if (bytes.length > MAX_BYTES)
    throw unreadable('The identity file is longer than 64 KiB.', 'Give one record, as one JSON object.');
  const marked = BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte);
  return readGivenIdentity(parseStrictJsonObject(marked ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes));
}

/** Reads one identity record. Throws `IdentityRefusal`. */
export function readGivenIdentity(record: unknown): GivenIdentity {
  try {
    if (record === null) throw new LinkageRefusal('RECORD_NOT_AN_OBJECT', []);
    return { identity: readIdentity(record), writtenDate: writtenDateOf(record) };
  } catch (error) {
    throw asIdentityRefusal(error);
  }
}

function writtenDateOf(record: unknown): WrittenDate {
  const date = typeof record === 'object' && record !== null && 'birthDate' in record ? record.birthDate : null;
  const groups = typeof date === 'string' ? [...date.matchAll(/\p{Nd}+/gu)].map(([digits]) => digits.length) : [];
  if (groups.length === 0) return 'nothing';
  if (groups.length > 2 || groups[0] === 8) return 'day';
  return groups.length === 2 ? 'month' : 'year';
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch {
    // Without its cause: the name of the file may hold the person's.
    throw unreadable('The identity file cannot be read.', 'Check its name, and that you may read it.');
  }
}

async function readInput(input: AsyncIterable<Uint8Array> | undefined): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_BYTES) break;
  }
  return Buffer.concat(chunks);
}

function unreadable(message: string, remedy: string): MemberError {
  return new MemberError('BAD_INPUT', message, remedy, ['identity']);
}
