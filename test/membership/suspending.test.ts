import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { generateSigningKey } from '../../src/protocol/index.js';
import { testHub, type TestHub } from '../support/hub.js';
import { admit, certify, foundAccord, organisation, seconds, type TestOrganisation } from '../support/organisation.js';
import { joinPending, type Outcome, rotation, saying, submit } from './submit.js';

let hub: TestHub;
let nl: TestOrganisation;
let ro: TestOrganisation;
let al: TestOrganisation;
/** Another member of the Netherlands. */
let neighbour: TestOrganisation;
/** A German member that is active before each test. */
let subject: TestOrganisation;
let made = 0;

beforeAll(async () => {
  hub = await testHub();
  ({ nl, ro, al } = await foundAccord(hub));
  neighbour = await member('NL');
});
afterAll(() => hub.stop());
beforeEach(async () => {
  subject = await member('DE');
});

async function member(country: string): Promise<TestOrganisation> {
  const who = await organisation(country, `member-${++made}`, 'ngo', ['protection']);
  await admit(hub, who, [ro, al]);
  return who;
}

function suspend(voter: TestOrganisation, { code } = subject): Promise<Outcome> {
  return saying(hub, voter, 'suspend', { member: code, reason: 'key-compromised' });
}

function reinstate(voter: TestOrganisation, { code } = subject): Promise<Outcome> {
  return saying(hub, voter, 'reinstate', { member: code });
}

describe('a suspension', () => {
  it('takes effect with members of two countries', async () => {
    expect([await suspend(nl), await suspend(ro)]).toEqual([{ state: 'ACTIVE' }, { state: 'SUSPENDED' }]);
  });

  it('does not count a member or a country twice', async () => {
    expect([await suspend(nl), await suspend(nl), await suspend(neighbour)]).toEqual([
      { state: 'ACTIVE' },
      { code: 'DUPLICATE_COUNTERSIGNATURE', at: 'iss' },
      { code: 'DUPLICATE_COUNTERSIGNATURE', at: 'iss' },
    ]);
    expect(await suspend(al)).toEqual({ state: 'SUSPENDED' });
  });

  it('does not count the subject’s own country, nor the subject', async () => {
    for (const voter of [await member('DE'), subject])
      expect(await suspend(voter)).toEqual({ code: 'ARGUMENT_INVALID', at: 'iss' });
    expect(await suspend(nl)).toEqual({ state: 'ACTIVE' });
  });

  it('is of a member that is active', async () => {
    const pending = await organisation('FR', `pending-${++made}`, 'ngo', ['protection']);
    await joinPending(hub, pending);
    expect(await suspend(nl, pending)).toEqual({ code: 'ALREADY_EXISTS', at: 'member' });
    for (const voter of [nl, ro]) await suspend(voter);
    expect(await suspend(al)).toEqual({ code: 'ALREADY_EXISTS', at: 'member' });
  });

  it('is not for those who are pending, suspended or gone', async () => {
    const [pending, suspended, gone] = [
      await organisation('FR', `pending-${++made}`, 'ngo', ['protection']),
      await member('FR'),
      await member('FR'),
    ];
    await joinPending(hub, pending);
    for (const voter of [nl, ro]) await suspend(voter, suspended);
    await saying(hub, gone, 'leave', {});
    expect([await suspend(pending), await suspend(suspended), await suspend(gone)]).toEqual(
      ['MEMBER_PENDING', 'MEMBER_SUSPENDED', 'MEMBER_LEFT'].map((code) => ({ code, at: 'iss' })),
    );
  });

  it('does not count the voice of a member that was itself suspended since', async () => {
    const voter = await member('FR');
    expect(await suspend(voter)).toEqual({ state: 'ACTIVE' });
    for (const one of [nl, ro]) await suspend(one, voter);
    expect([await suspend(nl), await suspend(al)]).toEqual([{ state: 'ACTIVE' }, { state: 'SUSPENDED' }]);
  });

  it('leaves a member its officers’ revocation and its own departure, and nothing else', async () => {
    await certify(hub, subject, 'desk', 'case-worker');
    const pending = await organisation('FR', `pending-${++made}`, 'ngo', ['protection']);
    const join = await joinPending(hub, pending);
    for (const voter of [nl, ro]) await suspend(voter);
    const key = await generateSigningKey();
    const certificate = { officer: 'other', role: 'analyst', key: key.jwk, until: seconds() + 3600 };
    const refused = { code: 'MEMBER_SUSPENDED', at: 'iss' };
    expect(await saying(hub, subject, 'certifyOfficer', certificate)).toEqual(refused);
    expect(await saying(hub, subject, 'countersign', { member: pending.code, join })).toEqual(refused);
    expect(await submit(hub, 'rotateKey', await rotation(hub, subject, key))).toEqual(refused);
    expect(await suspend(subject, nl)).toEqual(refused);
    expect(await reinstate(subject)).toEqual(refused);
    expect(await saying(hub, subject, 'revokeOfficer', { officer: 'desk' })).toEqual({ state: 'SUSPENDED' });
    expect(await saying(hub, subject, 'leave', {})).toEqual({ state: 'LEFT' });
  });
});

describe('a reinstatement', () => {
  beforeEach(async () => {
    for (const voter of [nl, ro]) await suspend(voter);
  });

  it('takes effect with members of two countries, also others than those who suspended', async () => {
    expect([await reinstate(al), await reinstate(nl)]).toEqual([{ state: 'SUSPENDED' }, { state: 'ACTIVE' }]);
  });

  it('does not count a member or a country twice, nor the subject’s own country', async () => {
    expect([
      await reinstate(nl),
      await reinstate(nl),
      await reinstate(neighbour),
      await reinstate(await member('DE')),
    ]).toEqual([
      { state: 'SUSPENDED' },
      { code: 'DUPLICATE_COUNTERSIGNATURE', at: 'iss' },
      { code: 'DUPLICATE_COUNTERSIGNATURE', at: 'iss' },
      { code: 'ARGUMENT_INVALID', at: 'iss' },
    ]);
  });

  it('is of a member that is suspended', async () => {
    for (const voter of [nl, ro]) await reinstate(voter);
    expect(await reinstate(al)).toEqual({ code: 'ALREADY_EXISTS', at: 'member' });
  });

  it('does not bring back a member that has left', async () => {
    await saying(hub, subject, 'leave', {});
    expect(await reinstate(nl)).toEqual({ code: 'ALREADY_EXISTS', at: 'member' });
  });

  it('forgets the voices of the suspension: the next one needs the quorum anew', async () => {
    for (const voter of [nl, ro]) await reinstate(voter);
    expect([await suspend(nl), await suspend(ro)]).toEqual([{ state: 'ACTIVE' }, { state: 'SUSPENDED' }]);
  });
});
