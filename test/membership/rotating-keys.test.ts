import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { listMembers } from '../../src/member/member-list.js';
import { judgeMembers } from '../../src/member/member-trust.js';
import { verifyOffline } from '../../src/member/verify-statement.js';
import {
  decodeStatement,
  EVENTS,
  generateSigningKey,
  randomJti,
  signKeyProof,
  type SigningKey,
} from '../../src/protocol/index.js';
import { testHub, type TestHub } from '../support/hub.js';
import {
  admit,
  certify,
  connect,
  foundAccord,
  organisation,
  say,
  seconds,
  type TestOrganisation,
} from '../support/organisation.js';
import { joinPending, rotation, saying, submit } from './submit.js';

let hub: TestHub;
let nl: TestOrganisation;
let ro: TestOrganisation;
let al: TestOrganisation;
/** A member that is active before each test, under its first key. */
let who: TestOrganisation;
let next: SigningKey;
let made = 0;

beforeAll(async () => {
  hub = await testHub();
  ({ nl, ro, al } = await foundAccord(hub));
});
afterAll(() => hub.stop());
beforeEach(async () => {
  who = await organisation('DE', `house-${++made}`, 'ngo', ['protection']);
  await admit(hub, who, [nl, ro]);
  next = await generateSigningKey('ES256');
});

async function rotate(to = next, by = who) {
  return submit(hub, 'rotateKey', await rotation(hub, by, to));
}

async function certificate(key?: SigningKey) {
  const { jwk } = key ?? (await generateSigningKey());
  return { officer: 'desk', role: 'analyst', key: jwk, until: seconds() + 3600 };
}

describe('a rotation', () => {
  it('puts the new key in force at once', async () => {
    expect(await rotate()).toEqual({ state: 'ACTIVE' });
    expect(await saying(hub, { ...who, key: next }, 'certifyOfficer', await certificate())).toEqual({
      state: 'ACTIVE',
    });
  });

  it('ends the old key: it signs nothing more, whatever date it writes', async () => {
    await rotate();
    for (const issuedAt of [seconds(), seconds() - 3600])
      expect(await saying(hub, who, 'certifyOfficer', await certificate(), { issuedAt })).toEqual({
        code: 'WRONG_KEY',
        at: 'kid',
      });
    expect(await rotate(await generateSigningKey())).toEqual({ code: 'WRONG_KEY', at: 'kid' });
  });

  it('is answered alike when it comes again, though its key is past (S7)', async () => {
    const statement = await rotation(hub, who, next);
    expect([await submit(hub, 'rotateKey', statement), await submit(hub, 'rotateKey', statement)]).toEqual([
      { state: 'ACTIVE' },
      { state: 'ACTIVE' },
    ]);
  });

  it('leaves the officers whom the old key certified', async () => {
    const seat = await certify(hub, who, 'desk', 'case-worker');
    await rotate();
    const desk = await connect(hub, seat, 'protection');
    expect(await desk.query('{ whoami { purpose } }')).toEqual({ whoami: { purpose: 'PROTECTION' } });
  });

  it.each<[string, (jti: string) => Promise<string>]>([
    ['for another statement', () => signKeyProof(who.code, randomJti(), next)],
    ['for another member', (jti) => signKeyProof(nl.code, jti, next)],
    ['of the old key', (jti) => signKeyProof(who.code, jti, who.key)],
    ['that is no proof but a statement', () => say(hub, { ...who, key: next }, 'leave', {})],
  ])('takes no proof %s', async (_, prove) => {
    const jti = randomJti();
    const outcome = await saying(hub, who, 'rotateKey', { key: next.jwk, proof: await prove(jti) }, { jti });
    expect(outcome).toMatchObject({ code: expect.stringMatching(/^(WRONG_STATEMENT_TYPE|WRONG_KEY)$/) as unknown });
    expect(await saying(hub, who, 'certifyOfficer', await certificate())).toEqual({ state: 'ACTIVE' });
  });

  it('is for active members', async () => {
    const pending = await organisation('DE', `pending-${made}`, 'ngo', ['protection']);
    await joinPending(hub, pending);
    expect(await rotate(next, pending)).toEqual({ code: 'MEMBER_PENDING', at: 'iss' });
  });
});

describe('a key', () => {
  it.each<[string, () => Promise<SigningKey>]>([
    ['the member’s own', async () => who.key],
    ['another member’s', async () => nl.key],
    ['an officer’s', async () => (await certify(hub, who, 'desk', 'analyst')).key],
    ['an officer’s of another member', async () => (await certify(hub, al, `desk-${made}`, 'analyst')).key],
    [
      'an officer’s who was revoked',
      async () => {
        const { key } = await certify(hub, who, 'desk', 'analyst');
        await saying(hub, who, 'revokeOfficer', { officer: 'desk' });
        return key;
      },
    ],
    [
      'a member’s that was replaced',
      async () => {
        const key = await generateSigningKey();
        const other = await organisation('FR', `other-${made}`, 'ngo', ['protection']);
        await admit(hub, other, [nl, ro]);
        await rotate(key, other);
        await rotate(await generateSigningKey(), { ...other, key });
        return key;
      },
    ],
    [
      'a member’s that has left',
      async () => {
        const other = await organisation('FR', `gone-${made}`, 'ngo', ['protection']);
        await admit(hub, other, [nl, ro]);
        await saying(hub, other, 'leave', {});
        return other.key;
      },
    ],
  ])('that is or was %s is never taken again (M4)', async (_, take) => {
    const key = await take();
    const refused = { code: 'ALREADY_EXISTS', at: 'key' };
    expect(await rotate(key)).toEqual(refused);
    expect(await saying(hub, who, 'certifyOfficer', await certificate(key))).toEqual(refused);
  });

  it('that was replaced is not taken back', async () => {
    const first = who.key;
    await rotate();
    expect(await rotate(first, { ...who, key: next })).toEqual({ code: 'ALREADY_EXISTS', at: 'key' });
  });
});

describe('the exported member list', () => {
  async function exported() {
    const seat = al.seats.get('reader') ?? (await certify(hub, al, 'reader', 'analyst'));
    const members = await listMembers(await connect(hub, seat, 'protection'));
    const { audience } = hub.identity;
    const { keys } = await judgeMembers({ members, audience, pinned: null, mayBeOlder: false });
    return { members, keys };
  }

  it('verifies every statement that it holds but those of pending members, also those of keys that were replaced', async () => {
    await certify(hub, who, 'desk', 'case-worker');
    await rotate();
    await saying(hub, { ...who, key: next }, 'revokeOfficer', { officer: 'desk' });
    const { members, keys } = await exported();
    const [hubKey] = [hub.identity.signingKey].map(({ kid, jwk }) => ({
      owner: hub.identity.audience,
      kid,
      jwk,
      validFrom: new Date(0).toISOString(),
      validTo: null,
    }));
    if (!hubKey) throw new Error('the hub has a key');
    const statements = members.flatMap((member) => member.statements);
    const events = statements.map((one) => Object.keys(Object(decodeStatement(one).claims['events'])).join());
    expect(new Set(events)).toEqual(
      new Set([
        EVENTS.join,
        EVENTS.found,
        EVENTS.countersign,
        EVENTS.rotateKey,
        EVENTS.certifyOfficer,
        EVENTS.revokeOfficer,
        EVENTS.leave,
      ]),
    );
    const pending = members.filter(({ state }) => state === 'PENDING').map(({ code }) => code);
    expect(pending).not.toEqual([]);
    for (const statement of statements) {
      const { iss } = decodeStatement(statement).claims;
      const verified = verifyOffline(statement, [...keys, hubKey]);
      if (pending.some((code) => code === iss)) await expect(verified).rejects.toMatchObject({ code: 'NOT_VERIFIED' });
      else expect((await verified).owner).toBe(iss);
    }
  });

  it('verifies what the old key signed in its time, and nothing that says it was signed later', async () => {
    const before = await say(hub, who, 'certifyOfficer', await certificate());
    await rotate();
    const { keys } = await exported();
    expect((await verifyOffline(before, keys)).owner).toBe(who.code);
    const after = await say(hub, who, 'certifyOfficer', await certificate(), { issuedAt: seconds() + 3600 });
    await expect(verifyOffline(after, keys)).rejects.toMatchObject({ code: 'NOT_VERIFIED' });
    const early = await say(hub, { ...who, key: next }, 'certifyOfficer', await certificate(), {
      issuedAt: seconds() - 3600,
    });
    await expect(verifyOffline(early, keys)).rejects.toMatchObject({ code: 'NOT_VERIFIED' });
  });

  it('verifies what a member signed whose clock is half a minute ahead (S6)', async () => {
    const issuedAt = seconds() + 30;
    const signed = await say(hub, who, 'certifyOfficer', await certificate(), { issuedAt });
    expect(await submit(hub, 'certifyOfficer', signed)).toEqual({ state: 'ACTIVE' });
    const rotating = await rotation(hub, who, next, { issuedAt });
    expect(await submit(hub, 'rotateKey', rotating)).toEqual({ state: 'ACTIVE' });
    const { keys } = await exported();
    for (const statement of [signed, rotating]) expect((await verifyOffline(statement, keys)).owner).toBe(who.code);
  });
});
