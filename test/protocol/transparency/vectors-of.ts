import {
  decodeStatement,
  EVENTS,
  sha256Bytes,
  signPayload,
  STATEMENT_TYPE,
  type Json,
} from '../../../src/protocol/index.js';
import {
  accessLeafHash,
  emptyAccessHash,
  entryBytes,
  entryHash,
  nextAccessHash,
  proveConsistency,
  proveInclusion,
  rootOf,
  writeConsistencyProof,
  writeInclusionProof,
  type AccessRead,
} from '../../../src/protocol/transparency/index.js';
import { growTree } from './grown-tree.js';
import { ACCORD, AUDIENCE, fixedKey, logOf, makeEvidence, NOW, someEntry } from './made-up-log.js';

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** What stands in `schema/transparency/vectors.json` beside the reference tree: the same whenever it is computed. */
export async function transparencyVectors(): Promise<Json> {
  const [hub, stranger] = [await fixedKey('hub'), await fixedKey('stranger')];
  const entries = Array.from({ length: 12 }, (_, at) => someEntry(at));
  const leaves = entries.map(entryHash);
  const log = logOf(hub, leaves);
  const other = logOf(hub, leaves.with(4, entryHash(someEntry(1000))));
  const between = (from: number, to: number) => writeConsistencyProof(proveConsistency(from, to, log.tree.read));
  const offered = async (head: Promise<string>, consistency: ReturnType<typeof between> | null, outcome: string) => ({
    ...{ head: await head, consistency, outcome },
  });
  const made = await makeEvidence(fixedKey);
  const lying = logOf(hub, made.log.tree.leaves.with(made.index, entryHash(someEntry(5000))));
  const broken = {
    ...{ kind: 'RECEIPT_BROKEN', receipt: made.parts.receipt, jti: made.jti, head: await lying.head(30) },
    leaf_hash: base64url(lying.tree.leaves[made.index] ?? new Uint8Array()),
    inclusion: writeInclusionProof(proveInclusion(made.index, 30, lying.tree.read)),
  };
  const vectors = {
    audience: AUDIENCE,
    accord: ACCORD,
    keys: { hub: hub.jwk, stranger: stranger.jwk },
    entries: entries.map((entry, at) => ({
      ...{ event: entry.event, issuer: entry.issuer, received_at: entry.receivedAt, salt: base64url(entry.salt) },
      ...{ payload_hash: base64url(entry.payloadHash), leaf: base64url(entryBytes(entry)) },
      leaf_hash: base64url(leaves[at] ?? new Uint8Array()),
    })),
    heads: await Promise.all([0, 1, 7, 12].map((size) => log.head(size))),
    inclusion: [0, 4, 11].map((index) => writeInclusionProof(proveInclusion(index, 12, log.tree.read))),
    consistency: [between(1, 12), between(7, 12), between(8, 12), between(12, 12)],
    witness: {
      trusted: await log.head(7),
      now: NOW + 3600,
      offers: [
        await offered(log.head(12), between(7, 12), 'ACCEPTED'),
        await offered(log.head(7, NOW + 90), null, 'ACCEPTED'),
        await offered(other.head(7), null, 'SPLIT_VIEW'),
        await offered(log.head(5, NOW + 90), between(5, 7), 'ROLLED_BACK'),
        await offered(log.head(5), between(5, 7), 'OUTDATED'),
        await offered(other.head(12), between(7, 12), 'NOT_CONSISTENT'),
        await offered(log.head(12), null, 'NOT_CONSISTENT'),
        await offered(log.head(12), between(8, 12), 'NOT_CONSISTENT'),
        await offered(log.head(12, NOW + 7200), between(7, 12), 'MISDATED'),
        await offered(logOf(stranger, leaves).head(12), between(7, 12), 'BAD_SIGNATURE'),
      ],
    },
    evidence: [
      { shows: 'SPLIT_VIEW', evidence: { kind: 'SPLIT_VIEW', heads: [await log.head(7), await other.head(7)] } },
      {
        shows: 'ROLLED_BACK',
        evidence: { kind: 'ROLLED_BACK', heads: [await log.head(7), await log.head(5, NOW + 90)] },
      },
      { shows: 'RECEIPT_BROKEN', evidence: broken },
      {
        shows: 'OVERDUE',
        evidence: { kind: 'OVERDUE', receipt: broken.receipt, jti: broken.jti, head: await log.head(12, NOW + 90_000) },
      },
      { shows: 'NO_FAULT', evidence: { kind: 'SPLIT_VIEW', heads: [await log.head(7), await log.head(7)] } },
      { shows: 'NO_FAULT', evidence: { ...broken, head: made.parts.heads[1] ?? '' } },
    ],
    access: await accessVectors(hub),
    bundle: made.bundle,
    bundleProves: { index: made.index, payload_hash: decodeStatement(made.parts.statement).payloadHash },
  };
  return JSON.parse(JSON.stringify(vectors));
}

/** A day of two owners, one of whom nobody read, and a third member; and the statement over all three. */
async function accessVectors(hub: Awaited<ReturnType<typeof fixedKey>>) {
  const day = '2026-09-21';
  const uuid = (at: number): string => `alert:0000000${String(at)}-0000-8000-8000-000000000000`;
  const reads: readonly AccessRead[] = [
    {
      ...{
        at: '2026-09-21T08:00:00.001Z',
        reader: 'xb-two',
        officer: 'desk',
        purpose: 'protection',
        operation: 'alert',
      },
      alertIds: [uuid(1)],
    },
    {
      ...{ at: '2026-09-21T08:00:01.000Z', reader: 'xc-three', officer: 'o-7', purpose: 'monitoring' },
      ...{ operation: 'verdictSummary', alertIds: [] }, // as hubs recorded counting until 2026-11-30
    },
    {
      ...{ at: '2026-09-21T23:59:59.999Z', reader: 'xb-two', officer: 'desk', purpose: 'prosecution' },
      ...{ operation: 'alerts', alertIds: [uuid(2), uuid(1)] },
    },
  ];
  const owners = ['xa-one', 'xb-two', 'xc-three'].map((owner, at) => {
    const whose = { audience: AUDIENCE, owner, day };
    const own = owner === 'xa-one' ? reads : [];
    const end = {
      salt: sha256Bytes(`salt ${String(at)}`),
      reads: own.length,
      hash: own.reduce(nextAccessHash, emptyAccessHash(whose)),
    };
    return { owner, end, leaf: accessLeafHash(whose, end) };
  });
  const leaves = owners.map(({ leaf }) => leaf).sort((a, b) => Buffer.compare(a, b));
  const { read } = growTree(leaves);
  const event = EVENTS.accessSummary;
  const body = { day, root: base64url(rootOf(leaves.length, read)) };
  return {
    ...{ day, reads },
    owners: owners.map(({ owner, end, leaf }) => ({
      ...{ owner, reads: end.reads, salt: base64url(end.salt), hash: base64url(end.hash), leaf_hash: base64url(leaf) },
      inclusion: writeInclusionProof(proveInclusion(leaves.indexOf(leaf), leaves.length, read)),
    })),
    statement: await signPayload(
      { iss: AUDIENCE, aud: AUDIENCE, iat: NOW, jti: 'access-summary-0001', events: { [event]: body } },
      hub,
      STATEMENT_TYPE,
    ),
  };
}
