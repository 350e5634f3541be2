import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MemberDirectory } from '../../src/membership/index.js';
import { generateSigningKey } from '../../src/protocol/index.js';
import { testHub, type TestHub } from '../support/hub.js';
import {
  admit,
  certify,
  foundAccord,
  joinStatement,
  organisation,
  seconds,
  type TestOrganisation,
} from '../support/organisation.js';
import { withToken } from '../support/raw-seat.js';
import { joinPending, rotation, saying, submit } from './submit.js';

let hub: TestHub;
let nl: TestOrganisation;
let ro: TestOrganisation;
/** A member that is active before each test. */
let who: TestOrganisation;
let made = 0;

beforeAll(async () => {
  hub = await testHub();
  ({ nl, ro } = await foundAccord(hub));
});
afterAll(() => hub.stop());
beforeEach(async () => {
  who = await organisation('DE', `house-${++made}`, 'ngo', ['protection']);
  await admit(hub, who, [nl, ro]);
});

function leave(one = who) {
  return saying(hub, one, 'leave', {});
}

describe('a departure', () => {
  it('is for members that are active, suspended or pending', async () => {
    expect(await leave()).toEqual({ state: 'LEFT' });
    const [suspended, pending] = await Promise.all(
      ['suspended', 'pending'].map((name) => organisation('DE', `${name}-${made}`, 'ngo', ['protection'])),
    );
    if (!suspended || !pending) throw new Error('both were made');
    await admit(hub, suspended, [nl, ro]);
    for (const voter of [nl, ro])
      await saying(hub, voter, 'suspend', { member: suspended.code, reason: 'own-request' });
    await joinPending(hub, pending);
    for (const one of [suspended, pending]) expect(await leave(one)).toEqual({ state: 'LEFT' });
  });

  it('ends the member’s key and its officers, also with a token that they hold', async () => {
    const ask = await withToken(hub, await certify(hub, who, 'desk', 'case-worker'), 'protection');
    expect((await ask('{ whoami { purpose } }')).status).toBe(200);
    await leave();
    expect((await ask('{ whoami { purpose } }')).status).toBe(401);
    const view = (await hub.app.get(MemberDirectory).views([who.code], { member: who.code })).get(who.code);
    expect(await view?.keys()).toMatchObject([{ kid: who.key.kid, validTo: expect.any(Date) as unknown }]);
    expect(await view?.officers()).toMatchObject([{ code: 'desk', revokedAt: expect.any(Date) as unknown }]);
  });

  it('is for good: nothing that the member says is taken any more', async () => {
    await leave();
    const key = await generateSigningKey();
    const refused = { code: 'MEMBER_LEFT', at: 'iss' };
    expect(await leave()).toEqual(refused);
    expect(await submit(hub, 'rotateKey', await rotation(hub, who, key))).toEqual(refused);
    const certificate = { officer: 'desk', role: 'analyst', key: key.jwk, until: seconds() + 3600 };
    expect(await saying(hub, who, 'certifyOfficer', certificate)).toEqual(refused);
    expect(await saying(hub, who, 'revokeOfficer', { officer: 'desk' })).toEqual(refused);
    expect(await saying(hub, who, 'suspend', { member: nl.code, reason: 'inactive' })).toEqual(refused);
    expect(await saying(hub, who, 'reinstate', { member: nl.code })).toEqual(refused);
    expect(await submit(hub, 'join', await joinStatement(hub, { ...who, key }))).toEqual({
      code: 'ALREADY_EXISTS',
      at: 'iss',
    });
  });

  it('ends what others were deciding about the member', async () => {
    const pending = await organisation('DE', `pending-${made}`, 'ngo', ['protection']);
    const join = await joinPending(hub, pending);
    await saying(hub, nl, 'countersign', { member: pending.code, join });
    await leave(pending);
    expect(await saying(hub, ro, 'countersign', { member: pending.code, join })).toEqual({
      code: 'ALREADY_EXISTS',
      at: 'member',
    });
    await leave();
    for (const event of ['suspend', 'reinstate'] as const) {
      const body = { member: who.code, ...(event === 'suspend' ? { reason: 'inactive' } : {}) };
      expect(await saying(hub, nl, event, body)).toEqual({ code: 'ALREADY_EXISTS', at: 'member' });
    }
  });
});
