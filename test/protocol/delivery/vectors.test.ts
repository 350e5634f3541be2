import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { decodeStatement, readPublicKey } from '../../../src/protocol/index.js';
import {
  InboxFault,
  readDeliveredSet,
  readInboxEvidence,
  readInboxHead,
} from '../../../src/protocol/delivery/index.js';
import type { KnownLog } from '../../../src/protocol/transparency/index.js';
import { deliveryVectors } from './vectors-of.js';

const vectors = JSON.parse(readFileSync('schema/delivery/vectors.json', 'utf8'));
const schema = JSON.parse(readFileSync('schema/delivery/inbox.schema.json', 'utf8'));
const ajv = new Ajv2020({ strict: true });
ajv.addSchema(schema);
const fits = (name: string) => ajv.compile({ $ref: `${schema.$id}#/$defs/${name}` });
const delivered = JSON.parse(readFileSync('schema/delivery/delivered.schema.json', 'utf8'));
const fitsDelivered = ajv.addSchema(delivered).compile({ $ref: `${delivered.$id}#/$defs/delivered` });
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
let log: KnownLog;

beforeAll(async () => {
  log = { audience: vectors.audience, keys: [await readPublicKey(vectors.keys.hub)] };
});

/** The chain by the words of PROTOCOL.md and Node's own SHA-256, with none of the protocol's code. */
function chained(...parts: readonly (string | Buffer)[]): string {
  const bytes = parts.flatMap((part) => {
    const value = Buffer.from(part as string);
    return [Buffer.from([value.length >> 8, value.length & 0xff]), value];
  });
  return createHash('sha256').update(Buffer.concat(bytes)).digest('base64url');
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

describe('the vectors of the inbox', () => {
  it('are those that are computed now', async () => {
    expect(vectors).toEqual(await deliveryVectors());
  });

  it('have a chain that anybody can compute from the words of the rules (I3, I4)', async () => {
    let at = chained('symbolon inbox', vectors.audience, vectors.inbox.member, vectors.inbox.purpose);
    expect(at).toBe(vectors.inbox.empty);
    for (const { seq, index, leaf_hash: leaf, chain } of vectors.entries) {
      at = chained(
        'symbolon inbox entry',
        Buffer.from(at, 'base64url'),
        number(seq),
        number(index),
        Buffer.from(leaf, 'base64url'),
      );
      expect(at).toBe(chain);
    }
    expect((await readInboxHead(vectors.head, log)).seq).toBe(vectors.entries.length);
    expect(Buffer.from((await readInboxHead(vectors.head, log)).chainHash).toString('base64url')).toBe(at);
  });

  it('have the forms of the schema (I5, I10)', () => {
    for (const head of [vectors.head, vectors.emptyHead])
      expect(fits('inboxHead')(decodeStatement(head).claims)).toBe(true);
    for (const { evidence } of vectors.evidence) expect(fits('inboxEvidence')(evidence)).toBe(true);
  });

  it('have delivered entries that fit the schema, verify, and are those of the inbox (P2, P3)', async () => {
    for (const [at, set] of (vectors.delivered as string[]).entries()) {
      expect(fitsDelivered(decodeStatement(set).claims)).toBe(true);
      const { entry, jti } = await readDeliveredSet(set, log);
      const { seq, index, leaf_hash: leaf, chain, statement } = vectors.entries[at];
      expect(jti).toBe(`${vectors.inbox.member}.${vectors.inbox.purpose}.${seq}`);
      expect({ ...entry, leafHash: text(entry.leafHash), chainHash: text(entry.chainHash) }).toMatchObject({
        ...{ seq, index, leafHash: leaf, chainHash: chain },
      });
      expect(entry.shown?.statement ?? null).toBe(statement);
    }
  });

  it('have evidence that shows what they say (I10)', async () => {
    for (const { shows, evidence } of vectors.evidence) {
      const shown = await readInboxEvidence(evidence, log).catch((error: unknown) =>
        error instanceof InboxFault ? error.code : error,
      );
      expect(shown).toBe(shows);
    }
  });
});
