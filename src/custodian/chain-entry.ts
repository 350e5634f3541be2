import { randomBytes } from 'node:crypto';
import { encodeBase64url, sha256Base64url, sha256Bytes } from '../protocol/index.js';
import type { ClassCounts, CustodianCode } from '../protocol/custodian/index.js';
import { lengthPrefixed } from '../protocol/oprf/index.js';

/** What a custodian did, as only it and the member that asked know it. Never an element. */
export type EntryDetail =
  | {
      readonly kind: 'evaluated';
      readonly member: string;
      readonly officer: string;
      readonly epoch: string;
      readonly alert: string;
      readonly counts: ClassCounts;
      readonly jti: string;
      readonly request: string;
      readonly grant?: string;
    }
  | {
      readonly kind: 'refused';
      readonly member: string;
      readonly officer: string;
      readonly code: CustodianCode;
      readonly jti: string;
      readonly request: string;
    }
  | {
      readonly kind: 'granted';
      readonly member: string;
      readonly grantedBy: string;
      readonly epoch: string;
      readonly alerts: number;
      readonly partial: number;
      readonly until: number;
      readonly jti: string;
      readonly statement: string;
    }
  /** An epoch or a generation of it began to be served. */
  | { readonly kind: 'epoch'; readonly epoch: string; readonly generation: number; readonly hash: string };

/** A line of the chain as anybody sees it. */
export interface ChainLine {
  readonly seq: number;
  /** The minute, seconds since 1970. */
  readonly at: number;
  readonly kind: EntryDetail['kind'];
  /** SHA-256 over salt and detail. */
  readonly commitment: string;
  readonly prev: string;
  readonly hash: string;
}

/** A line with what opens it, as it stands in the custodian's file. */
export interface ChainRecord extends ChainLine {
  readonly salt: string;
  /** JSON of an `EntryDetail`, exactly as it was hashed. */
  readonly detail: string;
}

/** Where a chain begins: the hash of nothing. */
export const CHAIN_START: { readonly seq: number; readonly hash: string } = { seq: 0, hash: sha256Base64url('') };

/** Makes the next record of a chain. `now` in seconds since 1970. */
export function nextRecord(
  before: { readonly seq: number; readonly hash: string },
  entry: EntryDetail,
  now: number,
): ChainRecord {
  const [salt, detail] = [encodeBase64url(randomBytes(32)), JSON.stringify(entry)];
  const line = {
    ...{ seq: before.seq + 1, at: Math.floor(now / 60) * 60, kind: entry.kind },
    ...{ commitment: commitmentOf(salt, detail), prev: before.hash },
  };
  return { ...line, hash: hashOf(line), salt, detail };
}

/** What a line says about an entry, which whoever has salt and detail can compare. */
export function commitmentOf(salt: string, detail: string): string {
  return hashed('symbolon entry', salt, detail);
}

/** Whether a line follows another one and has the hash of what it says. */
export function follows(line: ChainLine, before: { readonly seq: number; readonly hash: string }): boolean {
  return line.seq === before.seq + 1 && line.prev === before.hash && line.hash === hashOf(line);
}

/** A line without what opens it. */
export function publicLine({ seq, at, kind, commitment, prev, hash }: ChainRecord): ChainLine {
  return { seq, at, kind, commitment, prev, hash };
}

function hashOf({ seq, at, kind, commitment, prev }: Omit<ChainLine, 'hash'>): string {
  return hashed('symbolon chain', String(seq), String(at), kind, commitment, prev);
}

function hashed(...words: readonly string[]): string {
  return encodeBase64url(sha256Bytes(lengthPrefixed(...words.map((word) => new TextEncoder().encode(word)))));
}
