import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { decodeCanonicalBase64url, readPublicKey, sha256Bytes } from '../../../src/protocol/index.js';
import {
  leafHash,
  LogFault,
  provesConsistency,
  provesInclusion,
  readFaultEvidence,
  readTreeHead,
  verifyBundle,
  witnessHead,
  type Hash,
  type KnownLog,
} from '../../../src/protocol/transparency/index.js';
import { transparencyVectors } from './vectors-of.js';

const { merkle, ...vectors } = JSON.parse(readFileSync('schema/transparency/vectors.json', 'utf8'));
const bytes = (text: string): Hash => decodeCanonicalBase64url(text) ?? new Uint8Array();
const path = (proof: { path: string[] }) => ({ path: proof.path.map(bytes) });
let log: KnownLog;

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
