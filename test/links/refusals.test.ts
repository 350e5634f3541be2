import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVENTS, type LinkEvent } from '../../src/protocol/index.js';
import { testHub } from '../support/hub.js';
import { type Desk, freshKey, LinkStage, type ResultAnswer } from './link-stage.js';

let stage: LinkStage;
let one: Desk;
let other: Desk;
let open: string;

beforeAll(async () => {
  stage = await LinkStage.on(await testHub());
  one = await stage.desk('DE', 'shelter', 'ngo');
  other = await stage.desk('FR', 'police', 'law-enforcement');
  open = await comparing();
});
afterAll(() => stage.hub.stop());

async function comparing(): Promise<string> {
  return stage.comparing([one, await stage.raise(one)], [other, await stage.raise(other)]);
}

async function say(event: LinkEvent, body: object): Promise<ResultAnswer> {
  return stage.send(one, event, await stage.sign(one, event, body));
}

describe('a statement about a link', () => {
  const link = 'link:00000000-0000-4000-8000-000000000000';
  const off = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) };
  it.each<readonly [string, string, LinkEvent, object, readonly string[]]>([
    ['SCHEMA_INVALID', 'without a link', 'comparisonOpened', { key: off }, []],
    ['SCHEMA_INVALID', 'with a key that is no point of the curve', 'comparisonOpened', { link, key: off }, ['key']],
    ['SCHEMA_INVALID', 'with a private key', 'comparisonOpened', { link, key: { ...off, d: 'A'.repeat(43) } }, ['key']],
    [
      'SCHEMA_INVALID',
      'with a message in the clear',
      'comparisonMessage',
      { link, sealed: 'Is she tall?' },
      ['sealed'],
    ],
    [
      'SCHEMA_INVALID',
      'with a message too long',
      'comparisonMessage',
      { link, sealed: `aa..aa.${'a'.repeat(16_384)}.aa` },
      ['sealed'],
    ],
    ['SCHEMA_INVALID', 'with free text', 'linkRejected', { link, reason: 'I know her' }, ['reason']],
    [
      'SCHEMA_INVALID',
      'with a day that there is not',
      'linkConfirmed',
      { link, episode: { began: '2025-02-30', exit: 'unknown' } },
      ['episode', 'began'],
    ],
    [
      'SCHEMA_INVALID',
      'with a date of no exit',
      'linkConfirmed',
      { link, episode: { exit: 'not-exited', exited: '2025' } },
      ['episode', 'exited'],
    ],
    [
      'CONTRADICTORY_FACTS',
      'with an exit before the beginning',
      'linkConfirmed',
      { link, episode: { began: '2025', exit: 'exited', exited: '2024' } },
      ['episode', 'exited'],
    ],
    ['NOT_FOUND', 'that there is not', 'linkWithdrawn', { link, reason: 'error' }, ['link']],
  ])('is refused as %s %s', async (code, _says, event, body, path) => {
    const answer = await say(event, body);
    expect([answer.code, answer.path]).toEqual([code, ['statement', 'events', EVENTS[event], ...path]]);
  });

  it('is refused as LINK_NOT_OPEN until both have opened, and when what is taken back was not confirmed', async () => {
    const suggested = await stage.suggest([
      [one, await stage.raise(one)],
      [other, await stage.raise(other)],
    ]);
    for (const step of ['message', 'confirm', 'reject', 'withdraw'] as const)
      expect(await stage[step](one, suggested)).toMatchObject({ code: 'LINK_NOT_OPEN' });
    expect(await stage.withdraw(one, open)).toMatchObject({ code: 'LINK_NOT_OPEN' });
  });

  it('is refused as LINK_CLOSED once the link is decided', async () => {
    const link = await comparing();
    await stage.reject(one, link);
    await stage.reject(other, link);
    for (const step of ['open', 'message', 'confirm', 'reject', 'withdraw'] as const)
      expect(await stage[step](one, link)).toMatchObject({ code: 'LINK_CLOSED' });
  });

  it('is refused as ALREADY_EXISTS when the side has opened or decided', async () => {
    const link = await comparing();
    expect(await stage.open(one, link)).toMatchObject({ code: 'ALREADY_EXISTS' });
    await stage.confirm(one, link);
    expect(await stage.confirm(one, link)).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await stage.reject(one, link)).toMatchObject({ code: 'ALREADY_EXISTS' });
  });

  it('is refused as OVERSIZED after fifty messages of a side', async () => {
    const link = await comparing();
    for (let sent = 0; sent < 50; sent++)
      expect(await stage.message(one, link)).toMatchObject({ __typename: 'LinkAccepted' });
    expect(await stage.message(one, link)).toMatchObject({ code: 'OVERSIZED' });
    expect(await stage.message(other, link)).toMatchObject({ __typename: 'LinkAccepted' });
  });

  it('is refused as ISSUER_MISMATCH from the other member, and as ROLE_NOT_ALLOWED with an analyst’s key', async () => {
    const statement = await stage.sign(other, 'linkRejected', { link: open, reason: 'safety' });
    expect(await stage.send(one, 'linkRejected', statement)).toMatchObject({ code: 'ISSUER_MISMATCH' });
    const analyst = await stage.colleague(one, 'analyst');
    const signed = await stage.sign(analyst, 'linkRejected', { link: open, reason: 'safety' });
    expect(await stage.send(one, 'linkRejected', signed)).toMatchObject({ code: 'ROLE_NOT_ALLOWED' });
  });

  it('is refused as WRONG_STATEMENT_TYPE by another operation', async () => {
    const statement = await stage.sign(one, 'comparisonOpened', { link: open, key: await freshKey() });
    expect(await stage.send(one, 'linkConfirmed', statement)).toMatchObject({ code: 'WRONG_STATEMENT_TYPE' });
  });
});

describe('the database', () => {
  it('lets the app role set no state by itself, whatever functions it calls', async () => {
    const act = `SELECT set_config('symbolon.member', $1, false), set_config('symbolon.purpose', 'protection', false)`;
    const suggested = await stage.suggest([
      [one, await stage.raise(one)],
      [other, await stage.raise(other)],
    ]);
    const uuid = suggested.slice(5);
    const calls: readonly (readonly [string, unknown[]])[] = [
      ['SELECT enter_link_statement($1, 1, $2, $3)', [uuid, EVENTS.linkConfirmed, 'x']],
      [
        'SELECT enter_link_statement($1, (SELECT max(position) FROM log_entry), $2, $3)',
        [uuid, EVENTS.linkWithdrawn, 'x'],
      ],
      ["SELECT classify_link($1, 'retrafficking', NULL, '{}', NULL, NULL)", [uuid]],
    ];
    for (const member of ['de-shelter', 'nl-rapporteur'])
      for (const [sql, values] of calls)
        await expect(
          stage.asApp([
            [act, [member]],
            [sql, values],
          ]),
        ).rejects.toThrow(/does not fit|not to be classified/);
    expect(
      await stage.asApp([
        [act, ['de-shelter']],
        ['SELECT * FROM linked_alerts($1)', [uuid]],
      ]),
    ).toEqual([]);
    expect((await stage.see(one, suggested))?.state).toBe('SUGGESTED');
  });
});
