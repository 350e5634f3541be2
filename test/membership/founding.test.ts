import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemberDirectory, MembershipService } from '../../src/membership/index.js';
import { decodeStatement, EVENTS, verifySignature } from '../../src/protocol/index.js';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import { organisation, type TestOrganisation } from '../support/organisation.js';
import { joinPending, saying } from './submit.js';

let hub: TestHub;
let membership: MembershipService;
let pending: readonly [TestOrganisation, TestOrganisation, TestOrganisation, TestOrganisation];

beforeEach(async () => {
  hub = await testHub();
  membership = hub.app.get(MembershipService);
  const [nl, ro, al, other] = await Promise.all([
    organisation('NL', 'one', 'ngo', ['protection']),
    organisation('RO', 'one', 'ngo', ['protection']),
    organisation('AL', 'one', 'ngo', ['protection']),
    organisation('AL', 'other', 'ngo', ['protection']),
  ]);
  pending = [nl, ro, al, other];
  for (const one of pending) await joinPending(hub, one);
});
afterEach(() => hub.stop());

function found(founders: readonly TestOrganisation[]): Promise<void> {
  return membership.found(founders.map(({ code }) => code));
}

async function states(): Promise<(string | undefined)[]> {
  const directory = hub.app.get(MemberDirectory);
  return Promise.all(pending.map(async ({ code }) => (await directory.find(code))?.state));
}

describe('the founding of an accord (M3)', () => {
  it('admits pending members of three countries together, and nobody else', async () => {
    await found(pending.slice(0, 3));
    expect(await states()).toEqual(['active', 'active', 'active', 'pending']);
  });

  it('is signed by the hub and stands in the log once, and under each founder', async () => {
    await found(pending.slice(0, 3));
    const sql = 'SELECT issuer, encode(payload_hash, $2) AS hash FROM log_entry WHERE event = $1';
    const entries = await asOwner<{ issuer: string; hash: string }>(hub.database.url, sql, [EVENTS.found, 'hex']);
    const views = await hub.app.get(MemberDirectory).views(
      pending.map(({ code }) => code),
      null,
    );
    const last = await Promise.all(pending.map(async ({ code }) => (await views.get(code)?.statements())?.[1]));
    expect(new Set(last.slice(0, 3)).size).toBe(1);
    expect(last[3]).toBeUndefined();
    const statement = decodeStatement(last[0] ?? '');
    await verifySignature(statement, hub.identity.signingKey);
    expect(statement.claims['events']).toEqual({
      [EVENTS.found]: {
        members: pending
          .slice(0, 3)
          .map(({ code }) => code)
          .sort(),
      },
    });
    const hash = Buffer.from(statement.payloadHash, 'base64url').toString('hex');
    expect(entries).toEqual([{ issuer: hub.identity.audience, hash }]);
  });

  it('takes members of three countries, however many there are of two', async () => {
    const [nl, , al, other] = pending;
    await expect(found([nl, al, other])).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await expect(found([nl, nl, al])).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect(await states()).toEqual(['pending', 'pending', 'pending', 'pending']);
  });

  it('takes nobody who has not joined', async () => {
    await expect(membership.found([...pending.map(({ code }) => code), 'de-nobody'])).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await states()).toEqual(['pending', 'pending', 'pending', 'pending']);
  });

  it('works once', async () => {
    await found(pending.slice(0, 3));
    await expect(found(pending)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await states()).toEqual(['active', 'active', 'active', 'pending']);
  });

  it('works once when several try at the same instant', async () => {
    // So many connections are open by then.
    await Promise.all(Array.from({ length: 8 }, states));
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => found(pending.slice(0, 3))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is not stopped by somebody who joined and left before, and does not take the one that left', async () => {
    expect(await saying(hub, pending[3], 'leave', {})).toEqual({ state: 'LEFT' });
    await expect(found(pending)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await found(pending.slice(0, 3));
    expect(await states()).toEqual(['active', 'active', 'active', 'left']);
  });

  it('lets nobody be vouched for before, since nobody is active', async () => {
    const [nl, ro] = pending;
    const member = { member: ro.code, join: 'A'.repeat(43) };
    expect(await saying(hub, nl, 'countersign', member)).toEqual({ code: 'MEMBER_PENDING', at: 'iss' });
  });
});
