import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DeliveryReceiver, setErrorOf, type StatementKeys } from '../../src/member/index.js';
import type { SigningKey } from '../../src/protocol/index.js';
import { InboxFault, type GivenEntry } from '../../src/protocol/delivery/index.js';
import { LogFault, type KnownLog } from '../../src/protocol/transparency/index.js';
import { inboxOf, OWNER, signDelivered } from '../protocol/delivery/made-up-inbox.js';
import { AUDIENCE, fixedKey } from '../protocol/transparency/made-up-log.js';
import { KeyStore } from '../../src/member/files/index.js';

let hub: SigningKey;
let officer: SigningKey;
let log: KnownLog;
let entries: readonly GivenEntry[];
let home = '';

beforeAll(async () => {
  [hub, officer] = [await fixedKey('hub'), await fixedKey('three')];
  log = { audience: AUDIENCE, keys: [hub] };
  entries = await inboxOf(6);
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'symbolon-receiver-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const open = (keys?: StatementKeys) => DeliveryReceiver.open(OWNER, log, KeyStore.open(home), keys);
const set = (seq: number, change: Partial<GivenEntry> = {}) => signDelivered(hub, { ...entry(seq), ...change });

function entry(seq: number): GivenEntry {
  const found = entries[seq - 1];
  if (!found) throw new Error('no such entry');
  return found;
}

/** The code of the fault and that with which an endpoint refuses. */
async function refusal(receiver: DeliveryReceiver, compact: string): Promise<readonly string[]> {
  try {
    await receiver.take(compact);
  } catch (error) {
    if (error instanceof InboxFault || error instanceof LogFault) return [error.code, setErrorOf(error)];
    throw error;
  }
  return ['taken'];
}

describe('a receiver', () => {
  it('takes entries in one after the other, and knows after a restart where it was', async () => {
    const first = await open();
    const signed = await Promise.all([1, 2, 3].map((seq) => set(seq))); // before they are taken: signing ends in any order
    const taken = await Promise.all(signed.map((one) => first.take(one)));
    expect(taken.map(({ jti, repeated }) => [jti, repeated])).toEqual(
      [1, 2, 3].map((seq) => [`xb-two.protection.${seq}`, false]),
    );
    const second = await open();
    expect(second.upTo).toBe(3);
    expect(await refusal(second, await set(5))).toEqual(['GAP', 'invalid_request']);
    expect((await second.take(await set(2))).repeated).toBe(true);
    expect((await second.take(await set(3))).repeated).toBe(true);
    expect((await second.take(await set(4))).repeated).toBe(false);
    expect((await open()).upTo).toBe(4);
  });

  it('refuses what does not go on from what it verified, and stays where it was', async () => {
    const receiver = await open();
    await receiver.take(await set(1));
    const others = await inboxOf(2, 'other');
    const [, other = entry(2)] = others;
    expect(await refusal(receiver, await signDelivered(hub, other))).toEqual(['CHANGED_ENTRY', 'invalid_request']);
    expect(await refusal(receiver, await signDelivered(hub, others[0] ?? entry(1)))).toEqual([
      'CHANGED_ENTRY',
      'invalid_request',
    ]);
    expect(await refusal(receiver, await set(2, { shown: entry(1).shown }))).toEqual([
      'WRONG_STATEMENT',
      'invalid_request',
    ]);
    expect(await refusal(receiver, await set(1, { shown: entry(2).shown }))).toEqual([
      'WRONG_STATEMENT',
      'invalid_request',
    ]);
    expect(await refusal(receiver, await signDelivered(officer, entry(2)))).toEqual(['BAD_SIGNATURE', 'invalid_key']);
    const elsewhere = { ...OWNER, audience: 'https://other.example' };
    expect(await refusal(receiver, await signDelivered(hub, entry(2), elsewhere))).toEqual([
      'WRONG_LOG',
      'invalid_issuer',
    ]);
    for (const change of [{ member: 'xb-three' }, { purpose: 'monitoring' as const }])
      expect(await refusal(receiver, await signDelivered(hub, entry(2), { ...OWNER, ...change }))).toEqual([
        'WRONG_INBOX',
        'invalid_audience',
      ]);
    expect(await refusal(receiver, 'x.y.z')).toEqual(['MALFORMED', 'invalid_request']);
    expect(receiver.upTo).toBe(1);
    expect((await receiver.take(await set(2))).repeated).toBe(false);
  });

  it('checks who signed a statement, when it is told whose key is whose', async () => {
    const asked: string[][] = [];
    const knowing = await open((issuer, kid) => {
      asked.push([issuer, kid]);
      return Promise.resolve(officer);
    });
    await knowing.take(await set(1));
    expect(asked).toEqual([['xc-three', officer.kid]]);
    const unknowing = await open(() => Promise.resolve(null));
    expect(await refusal(unknowing, await set(2))).toEqual(['BAD_SIGNATURE', 'invalid_key']);
    expect(unknowing.upTo).toBe(1);
  });
});
