import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type OfficerSeat, signRaised } from '../../src/member/index.js';
import { MemberDirectory } from '../../src/membership/index.js';
import { generateSigningKey } from '../../src/protocol/index.js';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import {
  admit,
  caseContent,
  certify,
  foundAccord,
  organisation,
  say,
  seconds,
  type TestOrganisation,
} from '../support/organisation.js';
import { type Ask, withToken } from '../support/raw-seat.js';
import { saying, submit } from './submit.js';

const DAY = 24 * 3600;
const RAISE =
  'mutation ($statement: SignedStatement!) { it: raiseAlert(statement: $statement) { __typename ... on Refused { code } } }';

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

async function certificate(change: object = {}): Promise<object> {
  const { jwk } = await generateSigningKey();
  return { officer: 'desk', role: 'case-worker', key: jwk, until: seconds() + DAY, ...change };
}

/** What comes of an alert that one officer signs and another of the same member sends. */
async function raising(ask: Ask, seat: OfficerSeat, issuedAt = seconds()): Promise<string> {
  const statement = await signRaised(caseContent(), { seat, audience: hub.identity.audience, issuedAt });
  const { text } = await ask(RAISE, { statement });
  const { it } = (JSON.parse(text) as { data: { it: { __typename: string; code?: string } } }).data; // parsing
  return it.code ?? it.__typename;
}

describe('a certificate', () => {
  it('lets an officer act at once', async () => {
    const seat = await certify(hub, who, 'desk', 'case-worker');
    expect(await raising(await withToken(hub, seat, 'protection'), seat)).toBe('AlertAccepted');
  });

  it('ends at most 400 days after it was signed', async () => {
    const issuedAt = seconds() - 10;
    const most = issuedAt + 400 * DAY;
    const [within, beyond] = [await certificate({ until: most }), await certificate({ until: most + 1 })];
    expect(await saying(hub, who, 'certifyOfficer', within, { issuedAt })).toEqual({ state: 'ACTIVE' });
    expect(await saying(hub, who, 'certifyOfficer', beyond, { issuedAt })).toEqual({
      code: 'ARGUMENT_INVALID',
      at: 'until',
    });
  });

  it('does not end in the past', async () => {
    const past = await certificate({ until: seconds() - 1 });
    expect(await saying(hub, who, 'certifyOfficer', past)).toEqual({ code: 'ARGUMENT_INVALID', at: 'until' });
  });

  it('is answered alike when it comes again after it has ended (S7)', async () => {
    const until = seconds() + 2;
    const statement = await say(hub, who, 'certifyOfficer', await certificate({ until }));
    expect(await submit(hub, 'certifyOfficer', statement)).toEqual({ state: 'ACTIVE' });
    while (seconds() <= until) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await submit(hub, 'certifyOfficer', statement)).toEqual({ state: 'ACTIVE' });
  });

  it('replaces the one under the same officer code, also with another role', async () => {
    const [first, sender] = [
      await certify(hub, who, 'desk', 'case-worker'),
      await certify(hub, who, 'other', 'case-worker'),
    ];
    const token = await withToken(hub, first, 'protection');
    const second = await certify(hub, who, 'desk', 'liaison');
    const ask = await withToken(hub, sender, 'protection');
    expect([await raising(ask, first), await raising(ask, second)]).toEqual(['OFFICER_REVOKED', 'AlertAccepted']);
    expect((await token('{ whoami { purpose } }')).status).toBe(401);
    const view = (await hub.app.get(MemberDirectory).views([who.code], { member: who.code })).get(who.code);
    const desks = (await view?.officers())?.filter(({ code }) => code === 'desk');
    expect(desks?.map(({ role, revokedAt }) => [role, revokedAt !== null])).toEqual([
      ['CASE_WORKER', true],
      ['LIAISON', false],
    ]);
  });

  it('counts from when it was signed: what is dated before is not the officer’s', async () => {
    const seat = await certify(hub, who, 'desk', 'case-worker');
    const ask = await withToken(hub, seat, 'protection');
    expect([await raising(ask, seat, seconds() - 50), await raising(ask, seat, seconds() - 3600)]).toEqual([
      'AlertAccepted',
      'OFFICER_EXPIRED',
    ]);
  });

  it.each(['Zamira Petrova', 'zamira.petrova@example.org', 'Desk', ''])(
    'names a seat by a code, not by “%s” (M5)',
    async (officer) => {
      const outcome = await saying(hub, who, 'certifyOfficer', await certificate({ officer }));
      expect(outcome).toEqual({ code: 'SCHEMA_INVALID', at: 'officer' });
    },
  );

  it('stands in its place among others of the same code and second, wherever the database keeps it', async () => {
    const issuedAt = seconds() - 10;
    const kids: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const { kid, jwk } = await generateSigningKey();
      const body = await certificate({ key: jwk });
      expect(await submit(hub, 'certifyOfficer', await say(hub, who, 'certifyOfficer', body, { issuedAt }))).toEqual({
        state: 'ACTIVE',
      });
      kids.push(kid);
    }
    const shown = async () => {
      const view = (await hub.app.get(MemberDirectory).views([who.code], { member: who.code })).get(who.code);
      return (await view?.officers())?.map(({ kid }) => kid);
    };
    expect(await shown()).toEqual(kids);
    await asOwner(hub.database.url, 'UPDATE officer SET role = role WHERE kid = $1', [kids[0]]); // writes it anew, elsewhere
    expect(await shown()).toEqual(kids);
  });

  it('has no place for anything but code, role, key and end (M5)', async () => {
    const outcome = await saying(hub, who, 'certifyOfficer', await certificate({ name: 'Zamira Petrova' }));
    expect(outcome).toMatchObject({ code: 'SCHEMA_INVALID' });
  });

  it('gives one of the roles', async () => {
    const outcome = await saying(hub, who, 'certifyOfficer', await certificate({ role: 'border-guard' }));
    expect(outcome).toEqual({ code: 'SCHEMA_INVALID', at: 'role' });
  });

  it('is signed by the member, not by one of its officers', async () => {
    const { key } = await certify(hub, who, 'desk', 'administrator');
    const outcome = await saying(hub, { ...who, key }, 'certifyOfficer', await certificate({ officer: 'friend' }));
    expect(outcome).toEqual({ code: 'WRONG_KEY', at: 'kid' });
  });
});

describe('a revocation', () => {
  it('stops an officer at once, also with a token that it holds', async () => {
    const [seat, sender] = [
      await certify(hub, who, 'desk', 'case-worker'),
      await certify(hub, who, 'other', 'case-worker'),
    ];
    const token = await withToken(hub, seat, 'protection');
    expect((await token('{ whoami { purpose } }')).status).toBe(200);
    expect(await saying(hub, who, 'revokeOfficer', { officer: 'desk' })).toEqual({ state: 'ACTIVE' });
    expect((await token('{ whoami { purpose } }')).status).toBe(401);
    expect(await raising(await withToken(hub, sender, 'protection'), seat)).toBe('OFFICER_REVOKED');
  });

  it('is of an officer that there is, once', async () => {
    await certify(hub, who, 'desk', 'case-worker');
    const revoke = (officer: string) => saying(hub, who, 'revokeOfficer', { officer });
    expect([await revoke('nobody'), await revoke('desk'), await revoke('desk')]).toEqual([
      { code: 'NOT_FOUND', at: 'officer' },
      { state: 'ACTIVE' },
      { code: 'NOT_FOUND', at: 'officer' },
    ]);
  });

  it('is of the member’s own officer', async () => {
    const seat = await certify(hub, nl, `desk-${made}`, 'case-worker');
    expect(await saying(hub, who, 'revokeOfficer', { officer: seat.officer })).toEqual({
      code: 'NOT_FOUND',
      at: 'officer',
    });
    expect((await (await withToken(hub, seat, 'monitoring'))('{ whoami { purpose } }')).status).toBe(200);
  });

  it('leaves the code free for another certificate', async () => {
    await certify(hub, who, 'desk', 'case-worker');
    await saying(hub, who, 'revokeOfficer', { officer: 'desk' });
    const again = await certify(hub, who, 'desk', 'case-worker');
    expect(await raising(await withToken(hub, again, 'protection'), again)).toBe('AlertAccepted');
  });
});
