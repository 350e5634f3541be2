import { beforeAll, describe, expect, it } from '@jest/globals';
import { signPayload, type SigningKey } from '../../../src/protocol/index.js';
import {
  DELIVERED_EVENT,
  deliveredPayload,
  readDeliveredSet,
  readSetError,
  SET_TYPE,
  seqOfJti,
  type GivenEntry,
} from '../../../src/protocol/delivery/index.js';
import { type KnownLog, LogFault } from '../../../src/protocol/transparency/index.js';
import { AUDIENCE, fixedKey, NOW } from '../transparency/made-up-log.js';
import { inboxOf, OWNER } from './made-up-inbox.js';

let hub: SigningKey;
let log: KnownLog;
let entry: GivenEntry;

beforeAll(async () => {
  hub = await fixedKey('hub');
  log = { audience: AUDIENCE, keys: [hub] };
  const [first] = await inboxOf(1);
  if (!first) throw new Error('no entry');
  entry = first;
});

type Payload = Record<string, unknown> & { readonly events: Record<string, Record<string, unknown>> };

function payload(): Payload {
  const given = deliveredPayload(OWNER, { entry, content: 'READABLE', subject: null }, NOW);
  return JSON.parse(JSON.stringify(given)) as Payload; // parsing
}

async function codeOf(change: (payload: Payload) => object, key = hub, typ = SET_TYPE): Promise<unknown> {
  const set = await signPayload(change(payload()), key, typ);
  return readDeliveredSet(set, log).then(
    () => null,
    (error: unknown) => (error instanceof LogFault ? error.code : error),
  );
}

const inEvent = (change: object) => (given: Payload) => ({
  ...given,
  events: { [DELIVERED_EVENT]: { ...given.events[DELIVERED_EVENT], ...change } },
});

describe('a delivered entry', () => {
  it('is read as it was written', async () => {
    const set = await signPayload(payload(), hub, SET_TYPE);
    expect(await readDeliveredSet(set, log)).toEqual({
      ...{ compact: set, jti: `${OWNER.member}.${OWNER.purpose}.1`, owner: OWNER, content: 'READABLE', subject: null },
      entry: { ...entry, leafHash: new Uint8Array(entry.leafHash), chainHash: new Uint8Array(entry.chainHash) },
    });
  });

  it.each([
    ['is of another log', (given: Payload) => ({ ...given, iss: 'https://other.example' }), 'WRONG_LOG'],
    [
      'names another entry than it is',
      (given: Payload) => ({ ...given, jti: `${OWNER.member}.${OWNER.purpose}.2` }),
      'MALFORMED',
    ],
    ['names another member than it is for', (given: Payload) => ({ ...given, aud: 'xb-three' }), 'MALFORMED'],
    ['has two events', (given: Payload) => ({ ...given, events: { ...given.events, more: {} } }), 'MALFORMED'],
    ['has a claim more', (given: Payload) => ({ ...given, exp: NOW }), 'MALFORMED'],
    ['has a number that is none', inEvent({ seq: 0 }), 'MALFORMED'],
    ['has another purpose', inEvent({ purpose: 'monitoring' }), 'MALFORMED'],
    ['has a purpose that is none', inEvent({ purpose: 'immigration' }), 'MALFORMED'],
    ['tells an event that no inbox tells', inEvent({ event: 'https://w3id.org/symbolon/events/join' }), 'MALFORMED'],
    ['has a statement without salt', inEvent({ salt: null }), 'MALFORMED'],
    ['has a subject of no kind', inEvent({ subject: 'person:1' }), 'MALFORMED'],
    ['has a hash that is too short', inEvent({ chain: 'AAAA' }), 'MALFORMED'],
    ['says more', inEvent({ more: true }), 'MALFORMED'],
  ])('that %s is refused', async (_, change, code) => {
    expect(await codeOf(change)).toBe(code);
  });

  it('that another key signed, or that is another thing, is refused', async () => {
    expect(await codeOf((given) => given, await fixedKey('other'))).toBe('BAD_SIGNATURE');
    expect(await codeOf((given) => given, hub, 'inbox-head+jwt')).toBe('MALFORMED');
  });
});

describe('the jti of an entry', () => {
  it.each([
    ['xb-two.protection.1', 1],
    ['xb-two.protection.2147483647', 2_147_483_647],
    ['xb-two.protection.2147483648', null],
    ['xb-two.protection.0', null],
    ['xb-two.protection.01', null],
    ['xb-two.protection.1 ', null],
    ['xb-two.protection.', null],
    ['xb-two.monitoring.1', null],
    ['xb-twos.protection.1', null],
    ['', null],
  ])('%j is of entry %j', (jti, seq) => {
    expect(seqOfJti(OWNER, jti)).toBe(seq);
  });
});

describe('an error of a receiver', () => {
  it.each([
    [{ err: 'invalid_key', description: 'x' }, 'invalid_key'],
    [{ err: 'tired' }, null],
    [{}, null],
    [null, null],
    ['invalid_key', null],
    [[], null],
  ])('%j is %j', (value, code) => {
    expect(readSetError(value)).toBe(code);
  });
});
