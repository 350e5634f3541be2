import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { LinkageStage, somebody } from '../linkage/linkage-stage.js';
import { LinkStage } from '../links/link-stage.js';
import type { Database } from '../../src/database/index.js';
import { nextArrivals } from '../../src/linkage/arrival-queue.js';
import { KeyNumbers } from '../../src/linkage/key-numbers.js';
import { matchArrival } from '../../src/linkage/match-arrival.js';
import { MATCHER_DATABASE, MATCHING_RULES } from '../../src/linkage/matcher.js';
import { type OfficerSeat, signRaised, signWithdrawn } from '../../src/member/index.js';
import { Erasure } from '../../src/obligations/index.js';
import { decodeStatement, EVENTS, signStatement } from '../../src/protocol/index.js';
import { readReceipt } from '../../src/protocol/transparency/index.js';
import { testHub, type TestHub } from '../support/hub.js';
import { integrated } from '../support/integrated.js';
import { asJson, caseContent, seconds } from '../support/organisation.js';
import { withToken } from '../support/raw-seat.js';
import { toldAll } from '../support/told.js';
import { until } from '../support/until.js';
import { wholeDatabase } from '../support/whole-database.js';
import { type Desk, ObligationStage, type ResultAnswer, to } from './obligation-stage.js';

const RECORD = `query ($id: ID!) { subjectRecord(alertId: $id) {
  entries { event index payloadHash receipt } erasures { because statement saltsWaiting } } }`;

interface RecordAnswer {
  readonly entries: readonly { event: string; index: number; payloadHash: string; receipt: string }[];
  readonly erasures: readonly { because: string; statement: string; saltsWaiting: number }[];
}

let stage: ObligationStage;
let sender: Desk;
let reader: Desk;

beforeAll(async () => {
  stage = await ObligationStage.set();
  sender = await stage.desk('BE', 'sender');
  reader = await stage.desk('BG', 'reader');
});
afterAll(() => stage.hub.stop());

async function record(desk: Desk, alert: string): Promise<RecordAnswer | null> {
  return (await stage.query<{ subjectRecord: RecordAnswer | null }>(desk, RECORD, { id: alert })).subjectRecord;
}

async function statementsOf(alert: string): Promise<readonly string[]> {
  const document = 'query ($id: ID!) { alert(id: $id) { statement history } }';
  interface Shown {
    readonly alert: { readonly statement: string; readonly history: readonly string[] } | null;
  }
  const { alert: shown } = await stage.query<Shown>(sender, document, { id: alert });
  return shown ? [...new Set([shown.statement, ...shown.history])] : [];
}

async function traces(statements: readonly string[]): Promise<number> {
  const whole = await wholeDatabase(stage.hub.database.url);
  return statements.filter((statement) => whole.includes(statement.split('.')[1] ?? '?')).length;
}

const erase = (desk: Desk, alert: string) => stage.say(desk, 'subjectErased', { alert, because: 'access-request' });

/** Signs and sends what erases, on another hub than the stage's. */
async function erasing(hub: TestHub, seat: OfficerSeat, alert: string) {
  const claims = { issuer: seat.member, audience: hub.identity.audience, event: EVENTS.subjectErased };
  const body = asJson({ alert, because: 'access-request' });
  const statement = await signStatement({ ...claims, body, issuedAt: seconds() }, seat.key);
  const document = `mutation ($s: SignedStatement!) { it: eraseSubject(statement: $s) {
    ... on SubjectErased { erasure { alerts links saltsWaiting } } ... on Refused { code } } }`;
  return (await withToken(hub, seat, 'protection'))(document, { s: statement });
}

/** Runs while no head can be signed, as another node that holds the log's turn has it. */
async function withoutHeads<T>(work: () => Promise<T>): Promise<T> {
  const another = new pg.Client({ connectionString: stage.hub.database.url });
  await another.connect();
  try {
    await another.query("SELECT pg_advisory_lock(hashtext('symbolon log'))");
    return await work();
  } finally {
    await another.end();
  }
}

describe('a person’s right of erasure, brought by the member that holds the identity', () => {
  it('erases an alert in force at once, with its history, and has whoever read it answer', async () => {
    const alert = await stage.raise(sender, to([reader.member]));
    await stage.read(reader, alert);
    await stage.update(sender, alert, { ...to([reader.member]), protection: 'protection/reflection-period' });
    const statements = await statementsOf(alert);
    expect([statements.length, await traces(statements)]).toEqual([2, 2]);
    await integrated(stage.hub);

    const erased = await erase(sender, alert);
    expect(erased).toMatchObject({
      ...{ __typename: 'SubjectErased', repeated: false },
      erasure: { because: 'ACCESS_REQUEST', alerts: 1, statements: 2, links: 0, saltsWaiting: 0 },
      obligations: [{ debtor: { code: reader.member }, cause: 'ERASED', state: 'OUTSTANDING' }],
    });
    expect(await traces(statements)).toBe(0);
    expect(await statementsOf(alert)).toEqual([]);
    expect(await stage.read(reader, alert)).toBe(false);
    expect(decodeJwt(erased.erasure?.account ?? '')['events']).toEqual({
      [EVENTS.erasureRun]: { alerts: 1, statements: 2, links: 0 },
    });
    const hashes = statements.map((statement) => Buffer.from(decodeStatement(statement).payloadHash, 'base64url'));
    const logged =
      'SELECT count(*)::int AS kept, count(salt)::int AS salts FROM log_entry WHERE payload_hash = ANY ($1)';
    expect(await stage.sql(logged, [hashes])).toEqual([{ kept: 2, salts: 0 }]);
    expect((await stage.say(reader, 'alertErased', { alert })).obligations).toMatchObject([{ state: 'ERASED' }]);
  });

  it('does so for what was withdrawn or expired before, whose recipients still hold it', async () => {
    const [withdrawn, expired] = [
      await stage.raise(sender, to([reader.member])),
      await stage.raise(sender, to([reader.member])),
    ];
    for (const alert of [withdrawn, expired]) await stage.read(reader, alert);
    await stage.withdraw(sender, withdrawn);
    await stage.sql(`UPDATE alert SET expires_at = now() - interval '1 day' WHERE id = $1`, [
      expired.slice('alert:'.length),
    ]);
    await stage.sql('SELECT expire_alerts(10)');
    const statements = [...(await statementsOf(withdrawn)), ...(await statementsOf(expired))];
    expect(statements).toHaveLength(3);
    expect((await erase(sender, withdrawn)).obligations).toMatchObject([{ cause: 'WITHDRAWN', state: 'OUTSTANDING' }]);
    expect((await erase(sender, expired)).obligations).toMatchObject([{ cause: 'ERASED', state: 'OUTSTANDING' }]);
    expect(await traces(statements)).toBe(0);
  });

  it('answers the very same statement alike, takes another one as one more entry, and refuses another under its jti', async () => {
    const alert = await stage.raise(sender, to([reader.member]));
    const body = { alert, because: 'consent-withdrawn' };
    const statement = await stage.sign(sender, 'subjectErased', body, 'the-same-statement');
    const first = await stage.send(sender, 'subjectErased', statement);
    const again = await stage.send(sender, 'subjectErased', statement);
    expect(again).toMatchObject({ repeated: true, jti: first.jti });
    expect(again.erasure).toMatchObject({ statements: 1, account: first.erasure?.account });
    const other = await stage.say(sender, 'subjectErased', body);
    expect(other).toMatchObject({ repeated: false, erasure: { alerts: 0, statements: 0, account: null } });
    const changed = { alert, because: 'objection' };
    const reused = await stage.sign(sender, 'subjectErased', changed, 'the-same-statement');
    expect(await stage.send(sender, 'subjectErased', reused)).toMatchObject({ code: 'REPLAYED' });
    expect((await record(sender, alert))?.erasures).toMatchObject([{ statement }, { because: 'CONSENT_WITHDRAWN' }]);
  });

  it('is for the sender alone, who learns nothing of others’ alerts by trying; and a reader keeps reading', async () => {
    const alert = await stage.raise(sender, to([reader.member]));
    const unknown = 'alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8';
    const answers = [await erase(reader, alert), await erase(reader, unknown)];
    expect(answers).toEqual([answers[0], answers[0]]);
    expect(answers[0]).toMatchObject({
      code: 'NOT_FOUND',
      path: ['statement', 'events', EVENTS.subjectErased, 'alert'],
    });
    expect([await record(reader, alert), await record(reader, unknown), await record(reader, 'nothing')]).toEqual([
      ...[null, null, null],
    ]);
    expect(await stage.read(reader, alert)).toBe(true);
  });

  it('leaves nobody a way around it: not the alert’s own later statements', async () => {
    const alert = await stage.raise(sender, to([reader.member]));
    await erase(sender, alert);
    const { audience } = stage.hub.identity;
    const late = await signWithdrawn(alert, 'raised-in-error', { seat: sender.seat, audience });
    const document = `mutation ($s: SignedStatement!) { it: withdrawAlert(statement: $s) { ... on Refused { code } } }`;
    expect(await stage.query(sender, document, { s: late })).toEqual({ it: { code: 'ALERT_CLOSED' } });
  });
});

describe('an entry that no head covers', () => {
  it('loses its statement at once and its salt with the next head; the answer and the account say so', async () => {
    await integrated(stage.hub);
    const { audience, signingKey } = stage.hub.identity;
    const raised = await signRaised(caseContent(to([reader.member])), { seat: sender.seat, audience });
    const raising =
      'mutation ($s: SignedStatement!) { it: raiseAlert(statement: $s) { ... on AlertAccepted { alertId receipt } } }';
    const { alert, receipt } = await withoutHeads(async () => {
      const { it: sent } = await stage.query<{ it: { alertId: string; receipt: string } }>(sender, raising, {
        s: raised,
      });
      const { erasure } = await erase(sender, sent.alertId);
      expect(erasure).toMatchObject({ alerts: 1, statements: 1, saltsWaiting: 1 });
      expect(decodeJwt(erasure?.account ?? '')['events']).toEqual({
        [EVENTS.erasureRun]: { alerts: 1, statements: 1, links: 0, waiting: 1 },
      });
      expect(await traces([raised])).toBe(0);
      await stage.hub.app.get(Erasure).run();
      expect((await record(sender, sent.alertId))?.erasures).toMatchObject([{ saltsWaiting: 1 }]);
      return { alert: sent.alertId, receipt: sent.receipt };
    });
    await stage.erase();
    const after = await record(sender, alert);
    expect(after?.erasures).toMatchObject([{ saltsWaiting: 0 }]);
    expect(after?.entries.map(({ event }) => event)).toEqual([EVENTS.alertRaised, EVENTS.subjectErased]);
    const index = (await readReceipt(receipt, { audience, keys: [signingKey] })).accepted[0]?.place?.index;
    expect(after?.entries[0]?.index).toBe(index);
    expect(await stage.sql('SELECT salt FROM log_entry WHERE position = $1', [(index ?? 0) + 1])).toEqual([
      { salt: null },
    ]);
    expect(await stage.sql('SELECT FROM waiting_salt')).toEqual([]);
  });
});

describe('what rests on an alert', () => {
  it('goes with it: the hub’s flag, decisions and openings of its links, persons; in no table is any of it left', async () => {
    const hub = await testHub();
    try {
      const links = await LinkStage.on(hub);
      const one = await links.desk('DE', 'shelter', 'ngo');
      const other = await links.desk('FR', 'shelter', 'ngo');
      const [earlier, later] = [await links.raise(one), await links.raise(other)];
      const link = await links.comparing([one, earlier], [other, later]);
      await links.confirm(one, link, { began: '2023', exit: 'exited', exited: '2024-02' });
      const confirmed = await links.confirm(other, link, { began: '2025', exit: 'unknown' });
      const said = [...(confirmed.link?.decisions ?? []), confirmed.link?.counterpart?.opening ?? '?'];
      const gone = [earlier, confirmed.link?.flagId ?? ''].map((id) => id.slice('alert:'.length));
      const raised = await links.sql<{ statement: string }>('SELECT statement FROM alert WHERE id = ANY ($1)', [gone]);
      said.push(...raised.map(({ statement }) => statement));
      expect(said).toHaveLength(5);
      await integrated(hub);
      const { text } = await erasing(hub, one.seat, earlier);
      expect(JSON.parse(text)).toEqual({
        data: { it: { erasure: { alerts: 2, links: 1, saltsWaiting: 0 } } },
      });

      const whole = await wholeDatabase(hub.database.url);
      for (const one of said) expect(whole).not.toContain(one.split('.')[1]);
      expect(await links.see(other, link)).toMatchObject({
        ...{ state: 'WITHDRAWN', decisions: [], classification: null, flagId: null, counterpart: null },
      });
      expect(await links.sql('SELECT alert_id FROM alert_person WHERE alert_id = ANY ($1)', [gone])).toEqual([]);
      const left = await links.sql<{ id: string }>(
        'SELECT id FROM alert WHERE statement IS NOT NULL ORDER BY position',
      );
      expect(left).toEqual([{ id: later.slice('alert:'.length) }]);
    } finally {
      await hub.stop();
    }
  });

  it('has whoever read the hub’s flag answer to both holders, also when it expired with the alert', async () => {
    const hub = await testHub();
    try {
      const links = await LinkStage.on(hub);
      const [one, other] = [await links.desk('DE', 'shelter', 'ngo'), await links.desk('FR', 'shelter', 'ngo')];
      const onlooker = await links.desk('BE', 'onlooker', 'ngo');
      const shown = to([onlooker.member]);
      const [earlier, later] = [await links.raise(one, shown), await links.raise(other, shown)];
      const link = await links.comparing([one, earlier], [other, later]);
      await links.confirm(one, link, { began: '2023', exit: 'exited', exited: '2024-02' });
      const flag = (await links.confirm(other, link, { began: '2025', exit: 'unknown' })).link?.flagId ?? '';
      const reading = 'query ($id: ID!) { alert(id: $id) { id } }';
      expect(await links.query(onlooker, reading, { id: flag })).toEqual({ alert: { id: flag } });
      await links.sql(`UPDATE alert SET expires_at = now() - interval '1 day' WHERE id = ANY ($1)`, [
        [earlier, flag].map((id) => id.slice('alert:'.length)),
      ]);
      await links.sql('SELECT expire_alerts(10)');
      const owed =
        '{ obligations(side: OWED_TO_ME, first: 9) { edges { node { alertId debtor { code } cause state } } } }';
      for (const holder of [one, other])
        expect(await links.query(holder, owed)).toEqual({ obligations: { edges: [] } });

      expect((await erasing(hub, one.seat, earlier)).text).toContain('"alerts":2');
      const due = { alertId: flag, debtor: { code: onlooker.member }, cause: 'ERASED', state: 'OUTSTANDING' };
      for (const holder of [one, other])
        expect(await links.query(holder, owed)).toEqual({ obligations: { edges: [{ node: due }] } });
      await toldAll(hub);
      const telling = '{ inbox(first: 9, filter: { events: [SUBJECT_ERASED] }) { edges { node { alertId } } } }';
      interface Told {
        readonly inbox: { readonly edges: readonly { readonly node: { readonly alertId: string } }[] };
      }
      const told = (await links.query<Told>(onlooker, telling)).inbox.edges.map(({ node }) => node.alertId);
      expect(told.sort()).toEqual([earlier, flag].sort());
    } finally {
      await hub.stop();
    }
  });

  it('goes with it: its tokens and its person, as soon as the matcher has its turn', async () => {
    const hub = await testHub();
    try {
      const linkage = await LinkageStage.on(hub);
      const person = somebody();
      const [own, theirs] = [await linkage.raise(linkage.ro, person), await linkage.raise(linkage.al, person)];
      await linkage.matched();
      await integrated(hub);
      const tokens = await linkage.rows<{ token: string }>(
        'SELECT t.token::text AS token FROM linkage_token t JOIN linkage_record r ON r.id = t.record WHERE r.alert_id = $1',
        [own],
      );
      expect(tokens.length).toBeGreaterThan(0);
      const { text } = await erasing(hub, linkage.ro.seat, `alert:${own}`);
      expect(text).toContain('"alerts":1');
      await linkage.matched();
      expect(await linkage.rows('SELECT alert_id FROM linkage_record')).toEqual([{ alert_id: theirs }]);
      expect(await linkage.rows('SELECT FROM alert_person WHERE alert_id = $1', [own])).toEqual([]);
      expect(await linkage.rows('SELECT DISTINCT record FROM linkage_token')).toHaveLength(1);
    } finally {
      await hub.stop();
    }
  });

  it('goes with it: its tokens, also when the matcher is at them and has written nothing that others see', async () => {
    const hub = await testHub();
    const turn = new pg.Client({ connectionString: hub.database.url });
    try {
      const linkage = await LinkageStage.on(hub);
      const person = somebody();
      await linkage.raise(linkage.al, person);
      await linkage.matched();
      await turn.connect();
      await turn.query("SELECT pg_advisory_lock(hashtext('symbolon matcher'))");
      const own = await linkage.raise(linkage.ro, person);
      const database = hub.app.get<Database>(MATCHER_DATABASE);
      const matching = database.asNobody(async (transaction) => {
        const arrivals = await nextArrivals(transaction, new Set(), 10);
        expect(arrivals.map(({ alertId }) => alertId)).toEqual([own]);
        expect((await erasing(hub, linkage.ro.seat, `alert:${own}`)).text).toContain('"alerts":1');
        for (const arrival of arrivals)
          await matchArrival(transaction, arrival, new KeyNumbers(database), hub.app.get(MATCHING_RULES));
      });
      await expect(matching).rejects.toThrow('erased while it was matched');
      await turn.end();

      const [later, another] = [await linkage.raise(linkage.al, somebody()), await linkage.raise(linkage.al, person)];
      await linkage.matched();
      const records = await linkage.rows<{ alert_id: string }>('SELECT alert_id FROM linkage_record');
      expect(records.map(({ alert_id }) => alert_id)).not.toContain(own);
      expect(records).toHaveLength(3);
      expect(records.map(({ alert_id }) => alert_id)).toEqual(expect.arrayContaining([later, another]));
      expect(await linkage.rows('SELECT DISTINCT record FROM linkage_token')).toHaveLength(3);
      expect(await linkage.rows('SELECT FROM link')).toEqual([]);
      expect(await linkage.rows('SELECT FROM link_side WHERE alert_id = $1', [own])).toEqual([]);
    } finally {
      await hub.stop();
    }
  });
});

describe('many erasures of one member at once', () => {
  it('hold one connection while they wait for their turn, and let others and the schedule have theirs', async () => {
    const mine = await stage.desk('DE', 'busy');
    const [alert, due] = [await stage.raise(mine), await stage.raise(sender)];
    await stage.withdraw(sender, due);
    await integrated(stage.hub);
    await stage.sql(`UPDATE alert SET ended_at = ended_at - interval '31 days' WHERE id = $1`, [
      due.slice('alert:'.length),
    ]);
    const another = new pg.Client({ connectionString: stage.hub.database.url });
    await another.connect();
    let left = 100;
    const statements = await Promise.all(
      Array.from({ length: left }, () => stage.sign(mine, 'subjectErased', { alert, because: 'access-request' })),
    );
    let erased: Promise<readonly ResultAnswer[]> = Promise.resolve([]);
    try {
      await another.query("SELECT pg_advisory_lock(hashtext('symbolon erasure'))");
      erased = Promise.all(
        statements.map((statement) => stage.send(mine, 'subjectErased', statement).finally(() => left--)),
      );
      const waiting = async () =>
        (await stage.sql("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")).length;
      await until('one waits', async () => (await waiting()) > 0);
      const answer = stage.read(reader, alert);
      expect(await Promise.race([answer, sleep(5_000, 'not answered', { ref: false })])).toBe(true);
      expect(await waiting()).toBe(1);
    } finally {
      await another.end();
    }
    expect((await stage.hub.app.get(Erasure).run()).alerts).toBe(1);
    expect(left).toBeGreaterThan(0);
    expect((await erased).map(({ __typename }) => __typename)).toEqual(Array(100).fill('SubjectErased'));
  });
});
