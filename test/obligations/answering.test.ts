import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { alertIdOf, decodeStatement, randomJti } from '../../src/protocol/index.js';
import { PictureCounter } from '../../src/statistics/index.js';
import { integrated } from '../support/integrated.js';
import { type Desk, ObligationStage, to } from './obligation-stage.js';

const DAY_MS = 86_400_000;
/** As many alerts as the picture shows at least. */
const ENOUGH = 11;

let stage: ObligationStage;
let sender: Desk;
let first: Desk;
let second: Desk;
let onlooker: Desk;
let alert: string;

beforeAll(async () => {
  stage = await ObligationStage.set();
  sender = await stage.desk('BE', 'sender');
  first = await stage.desk('BG', 'first');
  second = await stage.desk('DE', 'second');
  onlooker = await stage.desk('MK', 'onlooker');
});
afterAll(() => stage.hub.stop());
beforeEach(async () => {
  alert = await stage.raise(sender, to([first.member, second.member]));
});

const about = () => `, alertId: "${alert}"`;

describe('a withdrawal', () => {
  it('has those owe an answer who were given the alert, by page or by id, and nobody else', async () => {
    await stage.read(first, alert);
    await stage.query(second, '{ alerts(first: 1) { edges { node { id } } } }');
    await stage.read(sender, alert);
    expect(await stage.obligations(sender, 'OWED_TO_ME', about())).toEqual([]);
    await stage.withdraw(sender, alert);

    const owed = await stage.obligations(sender, 'OWED_TO_ME', about());
    expect(owed.map(({ debtor }) => debtor.code).sort()).toEqual([first.member, second.member]);
    for (const one of owed) {
      expect(one).toMatchObject({ alertId: alert, creditor: { code: sender.member }, cause: 'WITHDRAWN' });
      expect(one).toMatchObject({ state: 'OUTSTANDING', ground: null, answeredAt: null, statements: [] });
      expect(Date.parse(one.dueAt) - Date.parse(one.incurredAt)).toBe(14 * DAY_MS);
    }
    expect(await stage.obligations(first, 'OWED_BY_ME', about())).toHaveLength(1);
    expect(await stage.obligations(first, 'OWED_TO_ME', about())).toEqual([]);
    for (const side of ['OWED_BY_ME', 'OWED_TO_ME'] as const)
      expect(await stage.obligations(onlooker, side)).toEqual([]);
  });

  it('asks nothing of whoever was addressed and never read, or counted only', async () => {
    const counter = await stage.desk('EE', 'counter', 'analyst');
    const content = to([first.member, counter.member], 'H0', ['protection', 'monitoring']);
    for (let raised = 0; raised < ENOUGH; raised++) alert = await stage.raise(sender, content);
    await integrated(stage.hub);
    await stage.hub.app.get(PictureCounter).count(new Date(Date.now() + DAY_MS));
    const counted = await stage.query(
      await stage.asking(counter.seat, 'monitoring'),
      '{ picture { alerts { count } } }',
    );
    expect(counted).toEqual({ picture: { alerts: { count: ENOUGH } } });
    await stage.withdraw(sender, alert);
    expect(await stage.obligations(sender, 'OWED_TO_ME', about())).toEqual([]);
  });

  it('catches whoever was being given the alert while it ended', async () => {
    await stage.withdraw(sender, alert);
    // A reading whose snapshot was taken before the withdrawal and whose record came after it.
    await stage.sql(
      `INSERT INTO access_record (owner, reader, officer, purpose, operation, alert_ids) VALUES ($1, $2, 'desk', 'protection', 'alert', ARRAY[$3::uuid])`,
      [sender.member, first.member, alert.slice('alert:'.length)],
    );
    await stage.erase();
    expect(await stage.obligations(first, 'OWED_BY_ME', about())).toEqual([]);
    await stage.sql(`UPDATE alert_ending SET at = at - interval '11 minutes'`);
    await stage.erase();
    expect(await stage.obligations(first, 'OWED_BY_ME', about())).toHaveLength(1);
  });
});

describe('an update', () => {
  it('has those owe an answer whom it addresses no more, and lets the others be', async () => {
    await stage.read(first, alert);
    await stage.read(second, alert);
    await stage.update(sender, alert, to([second.member]));
    const owed = await stage.obligations(sender, 'OWED_TO_ME', about());
    expect(owed.map(({ debtor, cause }) => [debtor.code, cause])).toEqual([[first.member, 'NARROWED']]);
    await stage.withdraw(sender, alert);
    expect(await stage.obligations(sender, 'OWED_TO_ME', about())).toHaveLength(2);
  });

  it('has those owe an answer who read for a purpose that it takes back', async () => {
    const both = ['protection', 'monitoring'] as const;
    alert = await stage.raise(sender, to([first.member, second.member], 'H0', both));
    await stage.read(await stage.asking(first.seat, 'monitoring'), alert);
    await stage.read(second, alert);
    await stage.read(await stage.asking(second.seat, 'monitoring'), alert);
    await stage.update(sender, alert, to([first.member, second.member]));
    const owed = await stage.obligations(sender, 'OWED_TO_ME', about());
    expect(owed.map(({ debtor }) => debtor.code)).toEqual([first.member]);
  });

  it('that changes only the content asks nothing', async () => {
    await stage.read(first, alert);
    await stage.update(sender, alert, {
      ...to([first.member, second.member]),
      protection: 'protection/reflection-period',
    });
    expect(await stage.obligations(sender, 'OWED_TO_ME', about())).toEqual([]);
  });

  it('that addresses whoever erased the alert once more makes it owe again when it has read again', async () => {
    await stage.read(first, alert);
    await stage.update(sender, alert, to([second.member]));
    await stage.say(first, 'alertErased', { alert });
    await stage.update(sender, alert, to([first.member, second.member]));
    await stage.read(first, alert);
    await stage.withdraw(sender, alert);
    const owed = await stage.obligations(first, 'OWED_BY_ME', about());
    expect(owed.map(({ cause, state }) => [cause, state])).toEqual([
      ['WITHDRAWN', 'OUTSTANDING'],
      ['NARROWED', 'ERASED'],
    ]);
  });
});

describe('an answer', () => {
  beforeEach(async () => {
    await stage.read(first, alert);
    await stage.withdraw(sender, alert);
  });

  it('is logged, gets a receipt, and comes to the sender verbatim', async () => {
    const statement = await stage.sign(first, 'alertErased', { alert });
    const accepted = await stage.send(first, 'alertErased', statement);
    expect(accepted).toMatchObject({ __typename: 'ObligationAccepted', repeated: false });
    expect(accepted.obligations).toMatchObject([{ state: 'ERASED', statements: [statement] }]);
    expect(decodeStatement(accepted.receipt ?? '').claims).toMatchObject({
      sub: first.member,
      accepted: [{ jti: accepted.jti, payload_hash: decodeStatement(statement).payloadHash }],
    });
    expect(await stage.obligations(sender, 'OWED_TO_ME', about())).toMatchObject([
      { state: 'ERASED', statements: [statement] },
    ]);
    const logged = await stage.sql('SELECT issuer, event FROM log_entry WHERE jti = $1', [accepted.jti]);
    expect(logged).toEqual([{ issuer: first.member, event: 'https://w3id.org/symbolon/events/alert-erased' }]);
    expect(
      await stage.query(onlooker, `{ obligations(side: OWED_TO_ME, first: 9) { edges { node { statements } } } }`),
    ).toEqual({ obligations: { edges: [] } });
  });

  it('sent twice is accepted once', async () => {
    const statement = await stage.sign(first, 'alertErased', { alert });
    const [one, other] = [
      await stage.send(first, 'alertErased', statement),
      await stage.send(first, 'alertErased', statement),
    ];
    expect([one.repeated, other.repeated]).toEqual([false, true]);
    expect(other.obligations).toMatchObject([{ statements: [statement] }]);
    const another = await stage.sign(first, 'alertRetained', { alert, because: 'court-order' }, one.jti);
    expect(await stage.send(first, 'alertRetained', another)).toMatchObject({ code: 'REPLAYED' });
  });

  it('erased may follow retained, and nothing follows erased', async () => {
    const kept = await stage.say(first, 'alertRetained', { alert, because: 'ongoing-proceedings' });
    expect(kept.obligations).toMatchObject([{ state: 'RETAINED', ground: 'ONGOING_PROCEEDINGS' }]);
    const other = await stage.say(first, 'alertRetained', { alert, because: 'court-order' });
    expect(other.obligations).toMatchObject([{ state: 'RETAINED', ground: 'COURT_ORDER' }]);
    const gone = await stage.say(first, 'alertErased', { alert });
    expect(gone.obligations).toMatchObject([{ state: 'ERASED', ground: null, statements: { length: 3 } }]);
    expect(await stage.say(first, 'alertRetained', { alert, because: 'court-order' })).toMatchObject({
      code: 'OBLIGATION_ANSWERED',
    });
    expect(await stage.say(first, 'alertErased', { alert })).toMatchObject({ code: 'OBLIGATION_ANSWERED' });
    expect(await stage.obligations(sender, 'OWED_TO_ME', about())).toMatchObject([{ state: 'ERASED' }]);
  });

  it('given at once from two desks is accepted once', async () => {
    const statements = await Promise.all([1, 2, 3].map(() => stage.sign(first, 'alertErased', { alert })));
    const results = await Promise.all(statements.map((one) => stage.send(first, 'alertErased', one)));
    expect(results.map(({ code }) => code ?? 'accepted').sort()).toEqual([
      'OBLIGATION_ANSWERED',
      'OBLIGATION_ANSWERED',
      'accepted',
    ]);
  });

  it.each(['free text about somebody', 'vital-interest', ''])('takes no ground of its own: %j', async (because) => {
    const result = await stage.say(first, 'alertRetained', { alert, because });
    expect(result).toMatchObject({ code: 'SCHEMA_INVALID' });
    const noted = await stage.say(first, 'alertErased', { alert, note: 'free text' });
    expect(noted).toMatchObject({ code: 'SCHEMA_INVALID' });
  });

  it('to an alert that one was not given, that is in force, one’s own, or unknown is refused alike', async () => {
    const inForce = await stage.raise(sender, to([first.member]));
    await stage.read(first, inForce);
    const own = await stage.raise(first, to([sender.member]));
    await stage.withdraw(first, own);
    const unread = await stage.raise(sender, to([first.member]));
    await stage.withdraw(sender, unread);
    const unknown = alertIdOf(sender.member, randomJti());
    const answers = await Promise.all(
      [inForce, own, unread, unknown].map((id) => stage.say(first, 'alertErased', { alert: id })),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ __typename: 'Refused', code: 'NOT_FOUND' });
    expect(await stage.say(onlooker, 'alertErased', { alert })).toEqual(answers[0]);
  });

  it('signed by one member is not taken from another', async () => {
    const statement = await stage.sign(first, 'alertErased', { alert });
    expect(await stage.send(second, 'alertErased', statement)).toMatchObject({ code: 'ISSUER_MISMATCH' });
  });
});

describe('the list of obligations', () => {
  it('says what is overdue, by state, and pages without loss', async () => {
    const lists = await stage.desk('LV', 'lists');
    const asks = await stage.desk('LT', 'asks');
    const alerts: string[] = [];
    for (let n = 0; n < 5; n++) {
      const one = await stage.raise(asks, to([lists.member]));
      await stage.read(lists, one);
      await stage.withdraw(asks, one);
      alerts.unshift(one);
    }
    const [erased = '', kept = '', ...late] = alerts;
    await stage.say(lists, 'alertErased', { alert: erased });
    await stage.say(lists, 'alertRetained', { alert: kept, because: 'legal-obligation' });
    const ids = late.map((id) => id.slice('alert:'.length));
    await stage.sql(`UPDATE obligation SET due_at = now() - interval '1 second' WHERE alert_id = $1`, [ids[2]]);
    const inState = async (states: string): Promise<string[]> =>
      (await stage.obligations(lists, 'OWED_BY_ME', `, states: [${states}]`)).map(({ alertId }) => alertId);
    expect(await inState('OUTSTANDING')).toEqual(late.slice(0, 2));
    expect(await inState('OVERDUE')).toEqual(late.slice(2));
    expect(await inState('OVERDUE, OUTSTANDING')).toEqual(late);
    expect(await inState('ERASED, RETAINED')).toEqual([erased, kept]);
    expect(await inState('')).toEqual([]);

    const paged: string[] = [];
    interface Paged {
      readonly it: {
        readonly edges: readonly { readonly node: { readonly alertId: string } }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      };
    }
    let after: string | null = null;
    do {
      const document = `query ($after: String) { it: obligations(side: OWED_TO_ME, first: 2, after: $after) { edges { node { alertId } } pageInfo { hasNextPage endCursor } } }`;
      const { it }: Paged = await stage.query<Paged>(asks, document, { after });
      paged.push(...it.edges.map(({ node }) => node.alertId));
      after = it.pageInfo.hasNextPage ? it.pageInfo.endCursor : null;
    } while (after !== null);
    expect(paged).toEqual(alerts);

    const { it } = await stage.query<{ it: { pageInfo: { endCursor: string } } }>(
      asks,
      '{ it: obligations(side: OWED_TO_ME, first: 2) { pageInfo { endCursor } } }',
    );
    const elsewhere = `query ($after: String) { it: obligations(side: OWED_BY_ME, first: 2, after: $after) { pageInfo { endCursor } } }`;
    const { text } = await lists.ask(elsewhere, { after: it.pageInfo.endCursor });
    expect(text).toContain('ARGUMENT_INVALID');
  });
});
