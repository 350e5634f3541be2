import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { alertIdOf, decodeStatement, permissionIdOf, randomJti } from '../../src/protocol/index.js';
import { type Desk, ObligationStage, type ResultAnswer, to } from './obligation-stage.js';

let stage: ObligationStage;
let provider: Desk;
let asker: Desk;
let onlooker: Desk;
let alert: string;

beforeAll(async () => {
  stage = await ObligationStage.set();
  provider = await stage.desk('BE', 'provider');
  asker = await stage.desk('BG', 'asker');
  onlooker = await stage.desk('MK', 'onlooker');
});
afterAll(() => stage.hub.stop());
beforeEach(async () => {
  alert = await stage.raise(provider, to([asker.member], 'H2'));
});

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

function asked(change: object = {}, from = asker): Promise<ResultAnswer> {
  const body = { alert, use: 'pass-on', purpose: 'protection', to: { member: onlooker.member }, ...change };
  return stage.say(from, 'permissionAsked', body);
}

async function permissionOf(result: Promise<ResultAnswer>): Promise<string> {
  const { permission, code } = await result;
  if (!permission) throw new Error(`the request was refused: ${code ?? ''}`);
  return permission.id;
}

describe('a recipient of an alert under H2', () => {
  it('asks its sender, who gives until a day, and both see all of it, verbatim', async () => {
    const request = await stage.sign(asker, 'permissionAsked', {
      ...{ alert, use: 'pass-on', purpose: 'protection', to: { member: onlooker.member } },
    });
    const first = await stage.send(asker, 'permissionAsked', request);
    const id = permissionIdOf(asker.member, first.jti ?? '');
    expect(first).toMatchObject({
      permission: { id, alertId: alert, state: 'ASKED', use: 'PASS_ON', toMember: { code: onlooker.member } },
    });
    expect(await stage.send(asker, 'permissionAsked', request)).toMatchObject({ repeated: true, permission: { id } });
    expect(await stage.permissions(provider, 'ASKED_OF_ME')).toMatchObject([{ id, request, state: 'ASKED' }]);

    const answer = await stage.sign(provider, 'permissionGiven', { permission: id, until: inDays(30) });
    const given = await stage.send(provider, 'permissionGiven', answer);
    expect(given.permission).toMatchObject({ state: 'GIVEN', until: inDays(30), answers: [answer] });
    expect(decodeStatement(given.receipt ?? '').claims).toMatchObject({ sub: provider.member });
    expect(await stage.permissions(asker, 'ASKED_BY_ME')).toMatchObject([{ id, state: 'GIVEN', answers: [answer] }]);
    for (const side of ['ASKED_BY_ME', 'ASKED_OF_ME'] as const)
      expect(await stage.permissions(onlooker, side)).toEqual([]);
    const events = await stage.sql<{ event: string }>(
      `SELECT event FROM log_entry WHERE jti = ANY ($1) ORDER BY position`,
      [[first.jti, given.jti]],
    );
    expect(events.map(({ event }) => event.split('/').at(-1))).toEqual(['permission-asked', 'permission-given']);
  });

  it('is refused with a coded reason, and may ask anew', async () => {
    const permission = await permissionOf(asked());
    const refused = await stage.say(provider, 'permissionRefused', { permission, reason: 'no-consent' });
    expect(refused.permission).toMatchObject({ state: 'REFUSED', reason: 'NO_CONSENT' });
    expect(await stage.say(provider, 'permissionGiven', { permission, until: inDays(3) })).toMatchObject({
      code: 'PERMISSION_CLOSED',
    });
    expect((await asked()).permission?.state).toBe('ASKED');
    const drawn = () => stage.sql('SELECT last_value FROM log_entry_position_seq');
    const before = await drawn();
    expect(await asked()).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await drawn()).toEqual(before); // what is refused leaves no void in the log
  });

  it('loses a permission that is taken back, that is past its day, and with the alert', async () => {
    const back = await permissionOf(asked());
    await stage.say(provider, 'permissionGiven', { permission: back, until: inDays(3) });
    const taken = await stage.say(provider, 'permissionRefused', { permission: back, reason: 'safety' });
    expect(taken.permission).toMatchObject({ state: 'REFUSED', reason: 'SAFETY', answers: { length: 2 } });

    const past = await permissionOf(asked());
    await stage.say(provider, 'permissionGiven', { permission: past, until: inDays(3) });
    await stage.sql(`UPDATE permission SET until = current_date - 1 WHERE id = $1`, [past.slice('permission:'.length)]);
    expect((await stage.permissions(asker, 'ASKED_BY_ME'))[0]).toMatchObject({ id: past, state: 'ENDED' });

    const gone = await permissionOf(asked({ use: 'evidence', to: { country: 'NL' } }));
    const open = await permissionOf(asked({ use: 'evidence', to: { country: 'DE' } }));
    await stage.say(provider, 'permissionGiven', { permission: gone, until: inDays(3) });
    await stage.withdraw(provider, alert);
    const states = (await stage.permissions(asker, 'ASKED_BY_ME')).slice(0, 2);
    expect(states.map(({ id, state }) => [id, state])).toEqual([
      [open, 'ENDED'],
      [gone, 'ENDED'],
    ]);
    expect(await stage.say(provider, 'permissionGiven', { permission: open, until: inDays(3) })).toMatchObject({
      code: 'PERMISSION_CLOSED',
    });
  });

  it('loses it when an update addresses it no more, and not when another is left out', async () => {
    alert = await stage.raise(provider, to([asker.member, onlooker.member], 'H2'));
    await permissionOf(asked({ use: 'evidence', to: { country: 'NL' } }));
    await stage.update(provider, alert, to([asker.member], 'H2'));
    expect((await stage.permissions(asker, 'ASKED_BY_ME'))[0]).toMatchObject({ state: 'ASKED' });
    await stage.update(provider, alert, to([onlooker.member], 'H2'));
    expect((await stage.permissions(asker, 'ASKED_BY_ME'))[0]).toMatchObject({ state: 'ENDED' });
  });
});

describe('a handling code', () => {
  it.each([
    ['H0', 'evidence', 'alert'],
    ['H0', 'pass-on', 'alert'],
    ['H1', 'pass-on', 'use'],
    ['H3', 'evidence', 'alert'],
    ['H3', 'pass-on', 'alert'],
  ] as const)('%s leaves nothing to ask for %s', async (code, use, property) => {
    alert = await stage.raise(provider, to([asker.member], code));
    const result = await asked({ use, to: { country: 'NL' } });
    expect(result).toMatchObject({ code: 'PERMISSION_NOT_APPLICABLE', path: { 3: property } });
    expect(await stage.permissions(provider, 'ASKED_OF_ME')).not.toContainEqual(
      expect.objectContaining({ alertId: alert }),
    );
  });

  it.each([
    ['H1', 'evidence'],
    ['H2', 'evidence'],
    ['H2', 'pass-on'],
  ] as const)('%s leaves it to the sender: %s', async (code, use) => {
    alert = await stage.raise(provider, to([asker.member], code));
    expect((await asked({ use, to: { country: 'NL' } })).permission).toMatchObject({ state: 'ASKED', toCountry: 'NL' });
  });
});

describe('a request is refused', () => {
  it('for an alert that one may not read, one’s own, one that ended, and an unknown one alike', async () => {
    const foreign = await stage.raise(provider, to([onlooker.member], 'H2'));
    const own = await stage.raise(asker, to([provider.member], 'H2'));
    const otherPurpose = await stage.raise(provider, {
      handling: { purposes: ['protection', 'monitoring'], audience: { members: [asker.member] }, code: 'H2' },
    });
    const ended = await stage.raise(provider, to([asker.member], 'H2'));
    await stage.withdraw(provider, ended);
    const unknown = alertIdOf(provider.member, randomJti());
    const results = await Promise.all([foreign, own, ended, unknown].map((id) => asked({ alert: id })));
    for (const result of results) expect(result).toEqual(results[0]);
    expect(results[0]).toMatchObject({ code: 'NOT_FOUND' });
    const prosecuting = await stage.asking(asker.seat, 'prosecution');
    expect(await asked({ alert: otherPurpose }, prosecuting)).toEqual(results[0]);
  });

  it.each([
    [{ purpose: 'prosecution' }, 'PURPOSE_MISMATCH'],
    [{ purpose: 'immigration-control' }, 'SCHEMA_INVALID'],
    [{ to: { country: 'QQ' } }, 'UNKNOWN_CODE'],
    [{ to: { member: 'xx-nobody' } }, 'AUDIENCE_INVALID'],
    [{ to: { member: 'be-provider' } }, 'AUDIENCE_INVALID'],
    [{ to: { member: 'bg-asker' } }, 'AUDIENCE_INVALID'],
    [{ to: { member: 'nl-rapporteur' } }, 'AUDIENCE_INVALID'],
    [{ use: 'evidence' }, 'AUDIENCE_INVALID'],
    [{ to: {} }, 'SCHEMA_INVALID'],
    [{ to: { member: 'mk-onlooker', country: 'MK' } }, 'SCHEMA_INVALID'],
    [{ because: 'free text' }, 'SCHEMA_INVALID'],
  ])('when it says %j', async (change, code) => {
    expect(await asked(change)).toMatchObject({ __typename: 'Refused', code });
  });
});

describe('an answer is refused', () => {
  it('from anybody but the provider, alike for what was never asked', async () => {
    const permission = await permissionOf(asked());
    const until = inDays(3);
    const unknown = permissionIdOf(asker.member, randomJti());
    const results = await Promise.all([
      stage.say(asker, 'permissionGiven', { permission, until }),
      stage.say(onlooker, 'permissionGiven', { permission, until }),
      stage.say(provider, 'permissionGiven', { permission: unknown, until }),
    ]);
    for (const result of results) expect(result).toEqual(results[0]);
    expect(results[0]).toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([
    [inDays(-1), 'RETENTION_EXCEEDED'],
    [inDays(400), 'RETENTION_EXCEEDED'],
    ['2027-02-30', 'SCHEMA_INVALID'],
  ])('with a last day of %s', async (until, code) => {
    const permission = await permissionOf(asked());
    expect(await stage.say(provider, 'permissionGiven', { permission, until })).toMatchObject({ code });
    expect((await stage.permissions(asker, 'ASKED_BY_ME'))[0]).toMatchObject({ state: 'ASKED' });
  });
});
