import { beforeAll, describe, expect, it } from '@jest/globals';
import { signPayload, type SigningKey } from '../../../src/protocol/index.js';
import {
  EMPTY_ROOT,
  entryHash,
  proveConsistency,
  readCosignature,
  readFaultEvidence,
  readTreeHead,
  signCosignature,
  signTreeHead,
  TREE_HEAD_TYPE,
  witnessHead,
  type ConsistencyProof,
  type TreeHead,
} from '../../../src/protocol/transparency/index.js';
import { AUDIENCE, fixedKey, logOf, NOW, someEntry, type MadeUpLog } from './made-up-log.js';

const leaves = Array.from({ length: 40 }, (_, at) => entryHash(someEntry(at)));
const LATER = NOW + 3600;
let hub: SigningKey;
let stranger: SigningKey;
let honest: MadeUpLog;
/** The same hub's log as it shows it to others: it parts from the honest one at entry 17. */
let other: MadeUpLog;
let trusted: TreeHead;

beforeAll(async () => {
  hub = await fixedKey('hub');
  stranger = await fixedKey('stranger');
  honest = logOf(hub, leaves);
  other = logOf(hub, leaves.with(17, entryHash(someEntry(1000))));
  trusted = await readTreeHead(await honest.head(20), honest.known);
});

const offer = (compact: string, consistency: ConsistencyProof | null = null, now = LATER) =>
  witnessHead(honest.known, trusted, { compact, consistency, now });
const between = (from: number, to: number, log = honest) => proveConsistency(from, to, log.tree.read);

/** The fault with which something fails, with what its evidence shows to somebody else. */
async function faultOf(promise: Promise<unknown>): Promise<{ readonly code: string; readonly shown: string | null }> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error) || !('code' in error) || !('evidence' in error)) throw new Error('no fault');
  const evidence = JSON.parse(JSON.stringify(error.evidence));
  return { code: String(error.code), shown: evidence && (await readFaultEvidence(evidence, honest.known)) };
}

describe('a tree head', () => {
  it('is read as it was signed', () => {
    expect(trusted).toMatchObject({ audience: AUDIENCE, size: 20, issuedAt: NOW + 20, kid: hub.kid });
  });

  it.each<[string, object]>([
    ['no size', { size: undefined }],
    ['a negative size', { size: -1 }],
    ['a broken size', { size: 1.5 }],
    ['a size beyond what is counted', { size: 2 ** 53 }],
    ['a size in words', { size: '20' }],
    ['a padded root', { root: `${'A'.repeat(43)}=` }],
    ['a root with spare bits', { root: `${'A'.repeat(42)}B` }],
    ['a root with a space', { root: `${'A'.repeat(42)} ` }],
    ['a root in another alphabet', { root: `${'A'.repeat(41)}+A` }],
    ['a short root', { root: 'AAAA' }],
    ['no date', { iat: undefined }],
    ['a date in milliseconds', { iat: NOW * 1000 }],
    ['more than it should', { more: 1 }],
    ['a root of nothing that is not', { size: 0 }],
  ])('is refused with %s', async (_, change) => {
    const root = Buffer.from(trusted.root).toString('base64url');
    const compact = await signPayload({ iss: AUDIENCE, iat: NOW, size: 20, root, ...change }, hub, TREE_HEAD_TYPE);
    await expect(readTreeHead(compact, honest.known)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('is refused as another signed thing, by a key that is not the hub’s, changed, or of another log', async () => {
    const { compact, root } = trusted;
    const content = { audience: AUDIENCE, size: 20, root, issuedAt: NOW };
    const payload = { iss: AUDIENCE, iat: NOW, size: 20, root: Buffer.from(root).toString('base64url') };
    const forged = await signTreeHead(content, { ...stranger, kid: hub.kid });
    const elsewhere = await signTreeHead({ ...content, audience: 'https://other.example' }, hub);
    const [head = '', , signature = ''] = compact.split('.');
    const changed = [head, Buffer.from(JSON.stringify({ ...payload, size: 21 })).toString('base64url'), signature];
    const cases: [string, string][] = [
      [await signPayload(payload, hub, 'receipt+jwt'), 'MALFORMED'],
      [await signTreeHead(content, stranger), 'BAD_SIGNATURE'],
      [forged, 'BAD_SIGNATURE'],
      [changed.join('.'), 'BAD_SIGNATURE'],
      [`${head}.${compact.split('.')[1] ?? ''}.`, 'BAD_SIGNATURE'],
      [`${compact}=`, 'MALFORMED'],
      [elsewhere, 'WRONG_LOG'],
    ];
    for (const [given, code] of cases) await expect(readTreeHead(given, honest.known)).rejects.toMatchObject({ code });
  });
});

describe('a witness', () => {
  it('trusts the first head as it comes, and then those that continue it', async () => {
    const first = await witnessHead(honest.known, null, {
      compact: await honest.head(0),
      consistency: null,
      now: LATER,
    });
    expect(first.root).toEqual(EMPTY_ROOT);
    const next = { compact: await honest.head(7), consistency: between(0, 7), now: LATER };
    expect(await witnessHead(honest.known, first, next)).toMatchObject({ size: 7 });
    expect(await offer(await honest.head(33), between(20, 33))).toMatchObject({ size: 33 });
  });

  it('takes a later head of the same tree without a proof, and keeps the one it has for an earlier', async () => {
    expect(await offer(await honest.head(20, NOW + 900))).toMatchObject({ size: 20, issuedAt: NOW + 900 });
    expect(await offer(await honest.head(20, NOW))).toBe(trusted);
  });

  it('catches a hub that shows two histories of one size, and can show it', async () => {
    expect(await faultOf(offer(await other.head(20)))).toEqual({ code: 'SPLIT_VIEW', shown: 'SPLIT_VIEW' });
  });

  it('catches a hub that takes entries back, and can show it', async () => {
    const back = offer(await honest.head(15, NOW + 21), between(15, 20));
    expect(await faultOf(back)).toEqual({ code: 'ROLLED_BACK', shown: 'ROLLED_BACK' });
    const dated = offer(await honest.head(33, NOW + 19), between(20, 33));
    expect(await faultOf(dated)).toEqual({ code: 'ROLLED_BACK', shown: 'ROLLED_BACK' });
  });

  it('takes no head of another history, whatever proof comes with it', async () => {
    const compact = await other.head(33);
    const proofs = [null, between(20, 33, other), between(20, 33), between(20, 32, other), between(33, 33)];
    for (const proof of proofs)
      expect(await faultOf(offer(compact, proof))).toEqual({ code: 'NOT_CONSISTENT', shown: null });
  });

  it('takes no head without the proof that is between these two sizes', async () => {
    const compact = await honest.head(33);
    for (const proof of [null, between(19, 33), between(20, 32), { from: 20, to: 33, path: [] }])
      expect(await faultOf(offer(compact, proof))).toEqual({ code: 'NOT_CONSISTENT', shown: null });
  });

  it('keeps what it trusts when an older head of the same history comes late', async () => {
    const compact = await honest.head(15);
    expect(await faultOf(offer(compact, between(15, 20)))).toEqual({ code: 'OUTDATED', shown: null });
    expect(await faultOf(offer(compact))).toEqual({ code: 'NOT_CONSISTENT', shown: null });
  });

  it('takes no head from the future, as far as clocks differ', async () => {
    const compact = await honest.head(33, NOW + 1000);
    expect(await faultOf(offer(compact, between(20, 33), NOW + 939))).toEqual({ code: 'MISDATED', shown: null });
    expect(await offer(compact, between(20, 33), NOW + 940)).toMatchObject({ size: 33 });
  });

  it('takes no head of another log for that of the one it trusts', async () => {
    const known = { audience: 'https://other.example', keys: [hub] };
    const compact = await signTreeHead({ ...trusted, audience: known.audience }, hub);
    const given = { compact, consistency: null, now: LATER };
    expect(await faultOf(witnessHead(known, trusted, given))).toEqual({ code: 'WRONG_LOG', shown: null });
  });
});

describe('a cosignature', () => {
  it('says which head, and verifies by the witness’s key alone', async () => {
    const key = await fixedKey('xa-one');
    const said = { witness: 'xa-one', issuedAt: NOW + 30 };
    const compact = await signCosignature(trusted, said, key);
    expect(await readCosignature(compact, trusted, 'xa-one', key)).toEqual(said);
    const next = await readTreeHead(await honest.head(21), honest.known);
    const cases: [() => Promise<unknown>, string][] = [
      [() => readCosignature(compact, next, 'xa-one', key), 'WRONG_ENTRY'],
      [() => readCosignature(compact, trusted, 'xb-two', key), 'BAD_SIGNATURE'],
      [() => readCosignature(compact, trusted, 'xa-one', stranger), 'BAD_SIGNATURE'],
      [() => readCosignature(compact, { ...trusted, audience: 'https://other.example' }, 'xa-one', key), 'WRONG_LOG'],
      [() => readCosignature(trusted.compact, trusted, 'xa-one', hub), 'MALFORMED'],
    ];
    for (const [reading, code] of cases) await expect(reading()).rejects.toMatchObject({ code });
  });
});
