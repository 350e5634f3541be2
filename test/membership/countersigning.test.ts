import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testHub, type TestHub } from '../support/hub.js';
import { admit, certify, foundAccord, organisation, type TestOrganisation } from '../support/organisation.js';
import { joinPending, type Outcome, saying } from './submit.js';

let hub: TestHub;
let nl: TestOrganisation;
let ro: TestOrganisation;
let al: TestOrganisation;
/** Another member of the Netherlands. */
let neighbour: TestOrganisation;
let newcomer: TestOrganisation;
let join: string;
let made = 0;

beforeAll(async () => {
  hub = await testHub();
  ({ nl, ro, al } = await foundAccord(hub));
  neighbour = await member('NL');
});
afterAll(() => hub.stop());
beforeEach(async () => {
  newcomer = await organisation('DE', `house-${++made}`, 'ngo', ['protection']);
  join = await joinPending(hub, newcomer);
});

async function member(country: string): Promise<TestOrganisation> {
  const who = await organisation(country, `member-${++made}`, 'ngo', ['protection']);
  await admit(hub, who, [ro, al]);
  return who;
}

function vouch(voucher: TestOrganisation, hash = join): Promise<Outcome> {
  return saying(hub, voucher, 'countersign', { member: newcomer.code, join: hash });
}

async function suspend({ code }: TestOrganisation, by: readonly TestOrganisation[]): Promise<void> {
  for (const one of by) await saying(hub, one, 'suspend', { member: code, reason: 'inactive' });
}

describe('a countersignature', () => {
  it('leaves the newcomer pending when it is the first, and admits it when it is the second of another country', async () => {
    expect([await vouch(nl), await vouch(ro)]).toEqual([{ state: 'PENDING' }, { state: 'ACTIVE' }]);
  });

  it('counts once for a member', async () => {
    expect([await vouch(nl), await vouch(nl)]).toEqual([
      { state: 'PENDING' },
      { code: 'DUPLICATE_COUNTERSIGNATURE', at: 'iss' },
    ]);
  });

  it('counts once for a country', async () => {
    expect([await vouch(nl), await vouch(neighbour), await vouch(al)]).toEqual([
      { state: 'PENDING' },
      { code: 'DUPLICATE_COUNTERSIGNATURE', at: 'iss' },
      { state: 'ACTIVE' },
    ]);
  });

  it('is not for the newcomer itself, nor for another that is pending', async () => {
    const pending = await organisation('FR', `pending-${++made}`, 'ngo', ['protection']);
    await joinPending(hub, pending);
    for (const who of [newcomer, pending]) expect(await vouch(who)).toEqual({ code: 'MEMBER_PENDING', at: 'iss' });
  });

  it('is not for a member of the newcomer’s own country', async () => {
    expect(await vouch(await member('DE'))).toEqual({ code: 'ARGUMENT_INVALID', at: 'iss' });
  });

  it('is not for a member that is suspended or has left', async () => {
    const [suspended, gone] = [await member('FR'), await member('FR')];
    await suspend(suspended, [nl, ro]);
    await saying(hub, gone, 'leave', {});
    expect([await vouch(suspended), await vouch(gone)]).toEqual([
      { code: 'MEMBER_SUSPENDED', at: 'iss' },
      { code: 'MEMBER_LEFT', at: 'iss' },
    ]);
  });

  it('is not for an officer of a member', async () => {
    const { key } = await certify(hub, al, `desk-${made}`, 'administrator');
    expect(await vouch({ ...al, key })).toEqual({ code: 'WRONG_KEY', at: 'kid' });
  });

  it('is not for a stranger', async () => {
    expect(await vouch(await organisation('FR', 'nobody', 'ngo', ['protection']))).toEqual({
      code: 'WRONG_KEY',
      at: 'kid',
    });
  });

  it('vouches for one join statement, by its hash', async () => {
    expect(await vouch(nl, 'A'.repeat(43))).toEqual({ code: 'NOT_FOUND', at: 'join' });
  });

  it('vouches for somebody who has joined and is not admitted yet', async () => {
    expect(await saying(hub, nl, 'countersign', { member: 'de-nobody', join })).toEqual({
      code: 'NOT_FOUND',
      at: 'member',
    });
    for (const voucher of [nl, ro]) await vouch(voucher);
    expect(await vouch(al)).toEqual({ code: 'ALREADY_EXISTS', at: 'member' });
  });

  it('counts no more once its member is suspended or has left, and does not keep its country from being heard', async () => {
    const [first, second, third] = [await member('FR'), await member('FR'), await member('FR')];
    expect(await vouch(first)).toEqual({ state: 'PENDING' });
    await suspend(first, [nl, ro]);
    expect(await vouch(second)).toEqual({ state: 'PENDING' });
    await saying(hub, second, 'leave', {});
    expect([await vouch(nl), await vouch(third)]).toEqual([{ state: 'PENDING' }, { state: 'ACTIVE' }]);
  });

  it('that is refused leaves no voice behind', async () => {
    expect(await vouch(nl, 'A'.repeat(43))).toHaveProperty('code');
    expect([await vouch(ro), await vouch(nl)]).toEqual([{ state: 'PENDING' }, { state: 'ACTIVE' }]);
  });
});
