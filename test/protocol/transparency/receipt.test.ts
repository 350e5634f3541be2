import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EVENTS, sha256Bytes, signPayload } from '../../../src/protocol/index.js';
import {
  assertIncluded,
  entryBytes,
  entryHash,
  findInReceipt,
  LogFault,
  MERGE_DELAY_SECONDS,
  proveInclusion,
  readFaultEvidence,
  readReceipt,
  readTreeHead,
  RECEIPT_TYPE,
  VOID_EVENT,
  voidEntry,
  writeInclusionProof,
  type LogEntry,
} from '../../../src/protocol/transparency/index.js';
import {
  AUDIENCE,
  fixedBytes,
  fixedKey,
  instant,
  logOf,
  makeEvidence,
  NOW,
  receiptFor,
  someEntry,
  type MadeUpEvidence,
} from './made-up-log.js';

let made: MadeUpEvidence;

beforeAll(async () => {
  made = await makeEvidence(fixedKey);
});

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const entries: fc.Arbitrary<LogEntry> = fc.record({
  salt: bytes,
  payloadHash: bytes,
  event: fc.string({ maxLength: 80 }),
  issuer: fc.string({ maxLength: 40 }),
  receivedAt: fc.integer({ min: NOW, max: NOW + 10 ** 8 }).map(instant),
});

describe('the leaf of an entry', () => {
  it('is other bytes for another entry, wherever they differ', () => {
    fc.assert(
      fc.property(entries, entries, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(Buffer.from(entryBytes(one)).equals(entryBytes(other))).toBe(same);
        const moved = { ...one, event: one.event + one.issuer, issuer: '' };
        if (one.issuer !== '') expect(entryHash(moved)).not.toEqual(entryHash(one));
      }),
    );
  });

  it('is label, salt, event, issuer, instant and payload hash, each after its length', () => {
    const entry = someEntry(1);
    const words = [entry.event, entry.issuer, entry.receivedAt].map((text) => Buffer.from(text));
    const parts = [Buffer.from('symbolon log entry'), entry.salt, ...words, entry.payloadHash];
    const expected = Buffer.concat(parts.flatMap((part) => [Uint8Array.of(0, part.length), part]));
    expect(Buffer.from(entryBytes(entry)).equals(expected)).toBe(true);
    expect(entryHash(entry)).toEqual(sha256Bytes(Uint8Array.from([0, ...expected])));
  });

  it('of a void entry is that of the hub saying nothing', () => {
    const entry = voidEntry(AUDIENCE, instant(NOW), fixedBytes('salt'));
    expect(entry).toMatchObject({ event: VOID_EVENT, issuer: AUDIENCE, payloadHash: sha256Bytes('') });
    expect(entryHash(entry)).toHaveLength(32);
  });

  it.each<[string, Partial<LogEntry>]>([
    ['a short salt', { salt: new Uint8Array(31) }],
    ['no salt', { salt: new Uint8Array() }],
    ['another hash', { payloadHash: new Uint8Array(20) }],
    ['an instant without milliseconds', { receivedAt: '2026-11-24T10:00:00Z' }],
    ['an instant elsewhere', { receivedAt: '2026-11-24T10:00:00.000+01:00' }],
  ])('is not made with %s', (_, change) => {
    expect(() => entryBytes({ ...someEntry(1), ...change })).toThrow(RangeError);
  });
});

describe('a receipt', () => {
  it('holds what the hub promised, and is found by the statement', async () => {
    const receipt = await readReceipt(made.parts.receipt, made.log.known);
    const payloadHash = Buffer.from(made.entry.payloadHash).toString('base64url');
    const found = findInReceipt(receipt, { issuer: 'xd-new', jti: made.jti, payloadHash });
    expect(found.place).toEqual({
      ...{ index: made.index, event: EVENTS.alertRaised, salt: made.entry.salt, leafHash: entryHash(made.entry) },
    });
    const wrong = [
      { issuer: 'xa-one', jti: made.jti, payloadHash },
      { issuer: 'xd-new', jti: 'another-jti-of-one', payloadHash },
      { issuer: 'xd-new', jti: made.jti, payloadHash: 'A'.repeat(43) },
    ];
    for (const name of wrong) expect(() => findInReceipt(receipt, name)).toThrow(LogFault);
  });

  it('of before the log had heads is read too, and names no place', async () => {
    const accepted = [{ jti: 'abcdefghijklmnop', payload_hash: 'A'.repeat(43), received_at: instant(NOW) }];
    const compact = await signPayload(
      { iss: AUDIENCE, iat: NOW, sub: 'xa-one', accepted },
      made.keys.hub,
      RECEIPT_TYPE,
    );
    const receipt = await readReceipt(compact, made.log.known);
    const [first] = receipt.accepted;
    expect(first).toMatchObject({ place: null, jti: 'abcdefghijklmnop' });
    const head = await readTreeHead(await made.log.head(30), made.log.known);
    const proof = proveInclusion(made.index, 30, made.log.tree.read);
    expect(first && (() => assertIncluded(receipt, first, head, proof))).toThrow(
      expect.objectContaining({ code: 'WRONG_ENTRY' }),
    );
  });

  it('of a whole batch is read, and one statement more is not', async () => {
    const batch = Array.from({ length: 501 }, (_, at) => ({
      ...{
        jti: `jti-of-statement-${at}-${'x'.repeat(40)}`,
        entry: { ...someEntry(at * 7), issuer: 'xa-one' },
        index: at,
      },
    }));
    const whole = await receiptFor(made.keys.hub, 'xa-one', batch.slice(0, 500));
    expect(whole.length).toBeGreaterThan(65_536);
    expect((await readReceipt(whole, made.log.known)).accepted).toHaveLength(500);
    const more = await receiptFor(made.keys.hub, 'xa-one', batch);
    await expect(readReceipt(more, made.log.known)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('whose leaf hash is not that of its entry is refused', async () => {
    const other = { ...made.entry, salt: fixedBytes('another salt') };
    const good = JSON.parse(Buffer.from(made.parts.receipt.split('.')[1] ?? '', 'base64url').toString());
    const leafHash = Buffer.from(entryHash(other)).toString('base64url');
    good.accepted[0].log.leaf_hash = leafHash;
    const compact = await signPayload(good, made.keys.hub, RECEIPT_TYPE);
    await expect(readReceipt(compact, made.log.known)).rejects.toMatchObject({
      ...{ code: 'WRONG_ENTRY', path: ['accepted', '0', 'log', 'leaf_hash'] },
    });
  });

  it.each([2 ** 53, 2 ** 53 - 1, -1, 0.5, '1', null])('is refused at the index %p', async (index) => {
    const good = JSON.parse(Buffer.from(made.parts.receipt.split('.')[1] ?? '', 'base64url').toString());
    good.accepted[0].log.index = index;
    const compact = await signPayload(good, made.keys.hub, RECEIPT_TYPE);
    await expect(readReceipt(compact, made.log.known)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('is refused from another key, another log, and as another thing', async () => {
    const stranger = await fixedKey('stranger');
    const forged = await receiptFor(stranger, 'xd-new', []);
    await expect(readReceipt(forged, made.log.known)).rejects.toMatchObject({ code: 'BAD_SIGNATURE' });
    const elsewhere = { ...made.log.known, audience: 'https://other.example' };
    await expect(readReceipt(made.parts.receipt, elsewhere)).rejects.toMatchObject({ code: 'WRONG_LOG' });
    await expect(readReceipt(made.parts.statement, made.log.known)).rejects.toMatchObject({ code: 'MALFORMED' });
  });
});

describe('the promise of a receipt', () => {
  const kept = async (size: number, issuedAt: number, proofSize = size, index = made.index) => {
    const receipt = await readReceipt(made.parts.receipt, made.log.known);
    const head = await readTreeHead(await made.log.head(size, issuedAt), made.log.known);
    const [accepted] = receipt.accepted;
    if (!accepted) throw new Error('nothing accepted');
    assertIncluded(receipt, accepted, head, proveInclusion(index, proofSize, made.log.tree.read));
  };

  it('is kept under every head that reaches so far', async () => {
    for (let size = made.index + 1; size <= 40; size++) await kept(size, NOW + size);
  });

  it('is not shown by a proof for another size or another place', async () => {
    await expect(kept(30, NOW + 30, 31)).rejects.toMatchObject({ code: 'NOT_INCLUDED' });
    const receipt = await readReceipt(made.parts.receipt, made.log.known);
    const head = await readTreeHead(await made.log.head(30), made.log.known);
    const [accepted] = receipt.accepted;
    // The path is that of the head, and the size is not.
    const proof = { ...proveInclusion(made.index, 30, made.log.tree.read), size: 31 };
    expect(accepted && (() => assertIncluded(receipt, accepted, head, proof))).toThrow(LogFault);
    await expect(kept(30, NOW + 30, 30, 20)).rejects.toMatchObject({ code: 'NOT_INCLUDED' });
  });

  it('is not due under an earlier head, and overdue a day later', async () => {
    const due = NOW + made.index + 1 + MERGE_DELAY_SECONDS;
    await expect(kept(made.index, due, 30)).rejects.toMatchObject({ code: 'NOT_YET_INTEGRATED', evidence: null });
    const late = await kept(made.index, due + 1, 30).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(late instanceof LogFault)) throw new Error('not overdue');
    expect(late.code).toBe('OVERDUE');
    const evidence = JSON.parse(JSON.stringify(late.evidence));
    expect(await readFaultEvidence(evidence, made.log.known)).toBe('OVERDUE');
    const early = { ...evidence, head: await made.log.head(made.index, due) };
    await expect(readFaultEvidence(early, made.log.known)).rejects.toMatchObject({ code: 'NO_FAULT' });
    const covered = { ...evidence, head: await made.log.head(30, due + 1) };
    await expect(readFaultEvidence(covered, made.log.known)).rejects.toMatchObject({ code: 'NO_FAULT' });
  });

  it('is broken when another leaf stands at its place, which anybody can check', async () => {
    const leaves = made.log.tree.leaves.with(made.index, entryHash(someEntry(5000)));
    const lying = logOf(made.keys.hub, leaves);
    const evidence = {
      ...{ kind: 'RECEIPT_BROKEN', receipt: made.parts.receipt, jti: made.jti, head: await lying.head(30) },
      leaf_hash: Buffer.from(leaves[made.index] ?? '').toString('base64url'),
      inclusion: { ...writeInclusionProof(proveInclusion(made.index, 30, lying.tree.read)) },
    };
    expect(await readFaultEvidence(evidence, made.log.known)).toBe('RECEIPT_BROKEN');
    const own = Buffer.from(entryHash(made.entry)).toString('base64url');
    const honest = {
      ...{ ...evidence, head: await made.log.head(30), leaf_hash: own },
      inclusion: { ...made.parts.inclusion },
    };
    const elsewhere = { ...evidence, inclusion: { ...evidence.inclusion, index: 20 } };
    for (const given of [honest, elsewhere, { ...evidence, head: await made.log.head(30) }])
      await expect(readFaultEvidence(given, made.log.known)).rejects.toMatchObject({ code: 'NO_FAULT' });
  });
});

describe('evidence', () => {
  it('of heads that go together, or that another signed, accuses nobody', async () => {
    const [one = '', two = ''] = made.bundle.heads;
    const stranger = logOf(await fixedKey('stranger'), made.log.tree.leaves.with(3, entryHash(someEntry(5000))));
    const cases: [object, string][] = [
      [{ kind: 'SPLIT_VIEW', heads: [one, two] }, 'NO_FAULT'],
      [{ kind: 'SPLIT_VIEW', heads: [two, two] }, 'NO_FAULT'],
      [{ kind: 'ROLLED_BACK', heads: [one, two] }, 'NO_FAULT'],
      [{ kind: 'ROLLED_BACK', heads: [two, two] }, 'NO_FAULT'],
      [{ kind: 'SPLIT_VIEW', heads: [two, await stranger.head(30)] }, 'BAD_SIGNATURE'],
      [{ kind: 'SPLIT_VIEW', heads: [one] }, 'MALFORMED'],
      [{ kind: 'SPLIT_VIEW', heads: [one, two, two] }, 'MALFORMED'],
      [{ kind: 'SPLIT_VIEW', heads: [one, two], jti: 'x' }, 'MALFORMED'],
      [{ kind: 'ANYTHING', heads: [one, two] }, 'MALFORMED'],
      [{ kind: 'OVERDUE', receipt: made.parts.receipt, jti: 'another-jti-of-one', head: two }, 'WRONG_ENTRY'],
    ];
    for (const [given, code] of cases)
      await expect(readFaultEvidence(JSON.parse(JSON.stringify(given)), made.log.known)).rejects.toMatchObject({
        code,
      });
  });
});
