import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { decodeCanonicalBase64url, readPublicKey, sha256Bytes } from '../../../src/protocol/index.js';
import {
  assertAccessDay,
  leafHash,
  LogFault,
  provesConsistency,
  provesInclusion,
  readAccessSummary,
  readFaultEvidence,
  readTreeHead,
  verifyBundle,
  witnessHead,
  type AccessRead,
  type Hash,
  type KnownLog,
} from '../../../src/protocol/transparency/index.js';
import { transparencyVectors } from './vectors-of.js';

const { merkle, ...vectors } = JSON.parse(readFileSync('schema/transparency/vectors.json', 'utf8'));
const bytes = (text: string): Hash => decodeCanonicalBase64url(text) ?? new Uint8Array();
const path = (proof: { path: string[] }) => ({ path: proof.path.map(bytes) });
let log: KnownLog;

interface AccessVectors {
  readonly day: string;
  readonly reads: readonly AccessRead[];
  readonly owners: readonly {
    readonly owner: string;
    readonly reads: number;
    readonly salt: string;
    readonly hash: string;
    readonly leaf_hash: string;
    readonly inclusion: { readonly index: number; readonly size: number; readonly path: string[] };
  }[];
  readonly statement: string;
}

/** Each part after its length in two bytes, with none of the protocol's code. */
function listed(parts: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const value = typeof part === 'string' ? Buffer.from(part) : Buffer.from(part);
      return [Buffer.from([value.length >> 8, value.length & 0xff]), value];
    }),
  );
}

beforeAll(async () => {
  log = { audience: vectors.audience, keys: [await readPublicKey(vectors.keys.hub)] };
});

const codeOf = (promise: Promise<unknown>, done: (value: unknown) => unknown) =>
  promise.then(done, (error: unknown) => (error instanceof LogFault ? error.code : error));

describe('the vectors of the log', () => {
  it('are those that are computed now', async () => {
    expect(merkle.roots).toHaveLength(8);
    expect(vectors).toEqual(await transparencyVectors());
  });

  it('have leaves that end in the payload hash and hash to what is said', () => {
    for (const entry of vectors.entries) {
      const leaf = bytes(entry.leaf);
      expect(leaf.slice(-32)).toEqual(bytes(entry.payload_hash));
      expect(sha256Bytes(Uint8Array.from([0, ...leaf]))).toEqual(bytes(entry.leaf_hash));
      expect(leafHash(leaf)).toEqual(bytes(entry.leaf_hash));
    }
  });

  it('have heads of these leaves, and proofs that verify under them', async () => {
    const heads: readonly string[] = vectors.heads;
    const given = await Promise.all(heads.map((head) => readTreeHead(head, log)));
    const rootAt = (size: number): Hash => given.find((head) => head.size === size)?.root ?? new Uint8Array();
    for (const proof of vectors.inclusion) {
      const leaf = bytes(vectors.entries[proof.index].leaf_hash);
      expect(provesInclusion({ ...proof, ...path(proof) }, leaf, rootAt(12))).toBe(true);
    }
    const proofs: readonly { from: number; to: number; path: string[] }[] = vectors.consistency;
    const known = proofs.filter(({ from }) => from !== 8);
    for (const proof of known)
      expect(provesConsistency({ ...proof, ...path(proof) }, rootAt(proof.from), rootAt(proof.to))).toBe(true);
    expect(known).toHaveLength(3);
  });

  it('have days of access that anybody can compute from the words of the rules (T20, T21)', async () => {
    const { day, reads, owners, statement }: AccessVectors = vectors.access;
    const root = (await readAccessSummary(statement, log)).root;
    const hashed = (...parts: readonly (string | Uint8Array)[]): Buffer =>
      createHash('sha256').update(listed(parts)).digest();
    for (const { owner, reads: count, salt, hash, leaf_hash: leaf, inclusion } of owners) {
      let at = hashed('symbolon access records', vectors.audience, owner, day);
      for (const read of count === 0 ? [] : reads) {
        const { at: when, reader, officer, purpose, operation, alertIds } = read;
        at = hashed('symbolon access record', at, when, reader, officer, purpose, operation, alertIds.join(' '));
      }
      expect(at.toString('base64url')).toBe(hash);
      const counted = Buffer.alloc(8);
      counted.writeBigUInt64BE(BigInt(count));
      const said = listed(['symbolon access day', bytes(salt), vectors.audience, owner, day, counted, at]);
      expect(
        createHash('sha256')
          .update(Buffer.concat([Buffer.of(0), said]))
          .digest('base64url'),
      ).toBe(leaf);
      expect(provesInclusion({ ...inclusion, ...path(inclusion) }, bytes(leaf), root)).toBe(true);
    }
    expect(owners.map(({ reads: count }) => count)).toEqual([3, 0, 0]);
  });

  it('have a day that holds for its records alone (T22)', async () => {
    const { day, reads, owners, statement }: AccessVectors = vectors.access;
    const summary = await readAccessSummary(statement, log);
    const [own] = owners;
    if (!own) throw new Error('no owner');
    const { owner, salt, inclusion } = own;
    const proof = { ...inclusion, ...path(inclusion), salt: bytes(salt) };
    const verdict = (shown: readonly AccessRead[], whose = { audience: vectors.audience, owner, day }): string => {
      try {
        assertAccessDay(whose, shown, proof, summary);
        return 'HOLDS';
      } catch (error) {
        return error instanceof LogFault ? error.code : String(error);
      }
    };
    const [first, second, third] = reads;
    if (!first || !second || !third) throw new Error('too few reads');
    expect(verdict(reads)).toBe('HOLDS');
    for (const shown of [
      [first, second],
      [],
      [second, first, third],
      [...reads, third],
      [{ ...first, officer: 'x' }, second, third],
    ])
      expect(verdict(shown)).toBe('NOT_INCLUDED');
    expect(verdict(reads, { audience: vectors.audience, owner: 'xb-two', day })).toBe('NOT_INCLUDED');
    expect(verdict(reads, { audience: vectors.audience, owner, day: '2026-09-22' })).toBe('WRONG_ENTRY');
  });

  it('have a witness do what they say', async () => {
    const { trusted, now, offers } = vectors.witness;
    const before = await readTreeHead(trusted, log);
    for (const { head, consistency, outcome } of offers) {
      const given = { compact: head, consistency: consistency && { ...consistency, ...path(consistency) }, now };
      expect(await codeOf(witnessHead(log, before, given), () => 'ACCEPTED')).toBe(outcome);
    }
  });

  it('have evidence that shows what they say, and a bundle that proves it', async () => {
    for (const { shows, evidence } of vectors.evidence)
      expect(await codeOf(readFaultEvidence(evidence, log), (kind) => kind)).toBe(shows);
    const { index, payload_hash: payloadHash } = vectors.bundleProves;
    const proven = await verifyBundle(vectors.bundle, { log, accord: vectors.accord });
    expect(proven).toMatchObject({ index, payloadHash });
  });
});
