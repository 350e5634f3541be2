import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  assertComplete,
  assertHeadFits,
  followInbox,
  InboxFault,
  readInboxHead,
  type GivenEntry,
  type InboxHead,
} from '../../../src/protocol/delivery/index.js';
import { LogFault, type KnownLog } from '../../../src/protocol/transparency/index.js';
import { AUDIENCE, fixedBytes, fixedKey, NOW } from '../transparency/made-up-log.js';
import { BEGINNING, inboxOf, OWNER, signHead, upTo } from './made-up-inbox.js';

let log: KnownLog;
let entries: readonly GivenEntry[];
let others: readonly GivenEntry[];
const headOf = async (...given: Parameters<typeof signHead> extends [unknown, ...infer R] ? R : never) =>
  readInboxHead(await signHead(await fixedKey('hub'), ...given), log);

beforeAll(async () => {
  log = { audience: AUDIENCE, keys: [await fixedKey('hub')] };
  entries = await inboxOf(12);
  others = await inboxOf(12, 'other');
});

/** The code and entry of the fault that a step finds; null when it finds none. */
function found(step: () => unknown): readonly [string, number | null] | null {
  try {
    step();
    return null;
  } catch (error) {
    if (error instanceof InboxFault) return [error.code, error.seq];
    throw error;
  }
}

describe('following an inbox', () => {
  it('ends at the last entry, in however many pages it is read', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 }), (sizes) => {
        let [at, from] = [BEGINNING, 0];
        for (const size of sizes) {
          at = followInbox(at, entries.slice(from, from + size));
          from = Math.min(entries.length, from + size);
        }
        expect(at).toEqual(upTo(entries.slice(0, from)));
      }),
    );
  });

  it('finds every entry that is left out, doubled, moved or of another history', () => {
    fc.assert(
      fc.property(fc.nat(11), fc.nat(11), fc.constantFrom('left out', 'doubled', 'swapped', 'other'), (at, to, how) => {
        const [entry, second, other] = [entries[at], entries[to], others[at]];
        if (!entry || !second || !other || (how === 'swapped' && at === to) || (how === 'left out' && at === 11))
          return;
        const changed = {
          'left out': () => entries.toSpliced(at, 1),
          doubled: () => entries.toSpliced(at, 0, entry),
          swapped: () => entries.with(at, second).with(to, entry),
          other: () => entries.with(at, other),
        }[how]();
        expect(found(() => followInbox(BEGINNING, changed))?.[0]).toMatch(/^(GAP|CHANGED_ENTRY)$/);
      }),
    );
  });

  it.each<[string, string, (entry: GivenEntry) => GivenEntry]>([
    ['another index', 'CHANGED_ENTRY', (entry) => ({ ...entry, index: entry.index + 1 })],
    ['another leaf', 'CHANGED_ENTRY', (entry) => ({ ...entry, leafHash: fixedBytes('leaf') })],
    ['another chain hash', 'CHANGED_ENTRY', (entry) => ({ ...entry, chainHash: fixedBytes('chain') })],
    ['another number', 'GAP', (entry) => ({ ...entry, seq: entry.seq + 1 })],
    ['another instant', 'WRONG_STATEMENT', (entry) => ({ ...entry, receivedAt: '2026-01-01T00:00:00.000Z' })],
    ['another event', 'WRONG_STATEMENT', (entry) => ({ ...entry, event: 'alert-updated' })],
    ['another salt', 'WRONG_STATEMENT', (e) => ({ ...e, shown: e.shown && { ...e.shown, salt: fixedBytes('salt') } })],
    ['a short salt', 'WRONG_STATEMENT', (e) => ({ ...e, shown: e.shown && { ...e.shown, salt: new Uint8Array(1) } })],
    ['another statement', 'WRONG_STATEMENT', (e) => ({ ...e, shown: others[1]?.shown ?? null })],
    ['no statement at all', 'WRONG_STATEMENT', (e) => ({ ...e, shown: e.shown && { ...e.shown, statement: 'x' } })],
  ])('finds an entry with %s', (_, code, change) => {
    const [first, second] = entries;
    if (!first || !second) throw new Error('no entries');
    expect(found(() => followInbox(BEGINNING, [first, change(second)]))).toEqual([code, 2]);
    expect(found(() => followInbox(BEGINNING, [first, second]))).toBeNull();
  });
});

describe('the head of an inbox', () => {
  const fits = (head: InboxHead, verified = upTo(entries.slice(0, 6)), earlier: InboxHead | null = null) =>
    found(() => {
      assertHeadFits(head, { owner: OWNER, verified, earlier });
    });

  it('fits when it is at or beyond what was verified, and is complete when it is reached', async () => {
    const head = await headOf(upTo(entries));
    expect(fits(head)).toBeNull();
    expect(found(() => assertComplete(head, upTo(entries)))).toBeNull();
    expect(found(() => assertComplete(head, upTo(entries.slice(0, 11))))).toEqual(['WITHHELD', 12]);
    expect(found(() => assertComplete(head, upTo(others)))).toEqual(['OTHER_HISTORY', 12]);
  });

  it('is refused when it is of another inbox, smaller, or of another history', async () => {
    expect(fits(await headOf(upTo(entries), { member: 'xa-one' }))?.[0]).toBe('WRONG_INBOX');
    expect(fits(await headOf(upTo(entries), { purpose: 'monitoring' }))?.[0]).toBe('WRONG_INBOX');
    expect(fits(await headOf(upTo(entries.slice(0, 5))))).toEqual(['TAKEN_BACK', 5]);
    expect(fits(await headOf(upTo(others.slice(0, 6))))).toEqual(['OTHER_HISTORY', 6]);
  });

  it('comes with evidence when two heads show what is wrong', async () => {
    const earlier = await headOf(upTo(entries));
    const heads: [InboxHead, string][] = [
      [await headOf(upTo(others)), 'OTHER_HISTORY'],
      [await headOf(upTo(entries.slice(0, 3)), { issuedAt: NOW + 100 }), 'TAKEN_BACK'],
    ];
    for (const [head, kind] of heads)
      expect(() => {
        assertHeadFits(head, { owner: OWNER, verified: upTo(entries), earlier });
      }).toThrow(expect.objectContaining({ code: kind, evidence: { kind, heads: [earlier.compact, head.compact] } }));
  });

  it.each([
    ['WRONG_LOG', { audience: 'https://other.example' }],
    ['MALFORMED', { member: 'nobody' }],
  ])('is %s when it is', async (code, change) => {
    await expect(headOf(upTo(entries), change)).rejects.toMatchObject({ code });
  });

  it('is BAD_SIGNATURE when another signed it', async () => {
    const compact = await signHead(await fixedKey('stranger'), upTo(entries));
    await expect(readInboxHead(compact, log)).rejects.toBeInstanceOf(LogFault);
    await expect(readInboxHead(compact, log)).rejects.toMatchObject({ code: 'BAD_SIGNATURE' });
  });
});
