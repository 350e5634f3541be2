import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compactVerify, importJWK } from 'jose';
import pg from 'pg';
import { LinkageStage, somebody } from '../linkage/linkage-stage.js';
import { LinkStage } from '../links/link-stage.js';
import { testHub, type TestHub } from '../support/hub.js';
import { integrated } from '../support/integrated.js';
import { wholeDatabase } from '../support/whole-database.js';
import { signRaised } from '../../src/member/index.js';
import { Erasure } from '../../src/obligations/index.js';
import { decodeStatement, EVENTS } from '../../src/protocol/index.js';
import {
  assertIncluded,
  readInclusionProof,
  readReceipt,
  readTreeHead,
} from '../../src/protocol/transparency/index.js';
import { caseContent } from '../support/organisation.js';
import { type Desk, ObligationStage, to } from './obligation-stage.js';

const ALERT = 'query ($id: ID!) { alert(id: $id) { state statement history } }';

let stage: ObligationStage;
let sender: Desk;
let reader: Desk;

beforeAll(async () => {
  stage = await ObligationStage.set();
  sender = await stage.desk('BE', 'sender');
  reader = await stage.desk('BG', 'reader');
});
afterAll(() => stage.hub.stop());

interface Shown {
  readonly statement: string;
  readonly history: readonly string[];
}

/** Every statement of an alert, as its sender sees them. */
async function statementsOf(alert: string): Promise<readonly string[]> {
  const { alert: shown } = await stage.query<{ alert: Shown | null }>(sender, ALERT, { id: alert });
  return shown ? [...new Set([shown.statement, ...shown.history])] : [];
}

interface RunAnswer {
  readonly alerts: number;
  readonly statements: number;
  readonly links: number;
  readonly statement: string;
}

async function runs(): Promise<readonly RunAnswer[]> {
  const { erasureRuns } = await stage.query<{ erasureRuns: { edges: { node: RunAnswer }[] } }>(
    reader,
    '{ erasureRuns(first: 100) { edges { node { alerts statements links statement } } } }',
  );
  return erasureRuns.edges.map(({ node }) => node);
}

/** What a thief of the database would find of these statements: their payloads. */
async function traces(statements: readonly string[]): Promise<number> {
  const whole = await wholeDatabase(stage.hub.database.url);
  return statements.filter((statement) => whole.includes(statement.split('.')[1] ?? '?')).length;
}

describe('thirty days after its end', () => {
  it('an alert that was withdrawn is gone with its history, for its sender too, and its hashes stay', async () => {
    const alert = await stage.raise(sender, to([reader.member]));
    await stage.read(reader, alert);
    await stage.update(sender, alert, { ...to([reader.member]), protection: 'protection/reflection-period' });
    await stage.withdraw(sender, alert);
    const statements = await statementsOf(alert);
    expect(statements).toHaveLength(3);
    const hashes = statements.map((statement) => decodeStatement(statement).payloadHash);
    const logged = `SELECT count(*)::int AS kept FROM log_entry WHERE payload_hash = ANY ($1)`;
    const inLog = async () => stage.sql(logged, [hashes.map((hash) => Buffer.from(hash, 'base64url'))]);

    await stage.passDays(29);
    expect(await stage.erase()).toEqual({ alerts: 0, statements: 0, links: 0 });
    expect(await statementsOf(alert)).toHaveLength(3);
    expect(await traces(statements)).toBe(3);
    expect(await inLog()).toEqual([{ kept: 3 }]);

    await stage.passDays(1);
    expect(await stage.erase()).toEqual({ alerts: 1, statements: 3, links: 0 });
    expect(await statementsOf(alert)).toEqual([]);
    expect(await traces(statements)).toBe(0);
    expect(await inLog()).toEqual([{ kept: 3 }]);
    const [row] = await stage.sql('SELECT * FROM alert WHERE id = $1', [alert.slice('alert:'.length)]);
    const content = ['statement', 'case_id', 'route_id', 'age_band', 'identification', 'started_from', 'started_to'];
    for (const column of content) expect(row?.[column]).toBeNull();
    expect(await stage.obligations(sender, 'OWED_TO_ME')).toMatchObject([{ alertId: alert, state: 'OVERDUE' }]);
    expect((await stage.say(reader, 'alertErased', { alert })).obligations).toMatchObject([{ state: 'ERASED' }]);
  });

  it('an alert that expired is gone, and nobody owes an answer for it', async () => {
    const alert = await stage.raise(sender, to([reader.member]));
    await stage.read(reader, alert);
    const statements = await statementsOf(alert);
    await stage.sql(`UPDATE alert SET expires_at = now() - interval '30 days' WHERE id = $1`, [
      alert.slice('alert:'.length),
    ]);
    await stage.sql('SELECT expire_alerts(10)');
    expect(await stage.erase()).toMatchObject({ alerts: 1 });
    expect(await traces(statements)).toBe(0);
    expect(await stage.obligations(sender, 'OWED_TO_ME', `, alertId: "${alert}"`)).toEqual([]);
  });

  it('leaves alone what is in force', async () => {
    const alert = await stage.raise(sender, to([reader.member]));
    await stage.passDays(400);
    await stage.erase();
    expect(await stage.read(reader, alert)).toBe(true);
  });
});

describe('the log', () => {
  it('proves an entry as before when its statement and salt are gone', async () => {
    const { signingKey, audience } = stage.hub.identity;
    const log = { audience, keys: [signingKey] };
    const statement = await signRaised(caseContent(to([reader.member])), { seat: sender.seat, audience });
    const raising =
      'mutation ($s: SignedStatement!) { it: raiseAlert(statement: $s) { ... on AlertAccepted { alertId receipt } } }';
    const send = () => stage.query<{ it: { alertId: string; receipt: string } }>(sender, raising, { s: statement });
    const { it: raised } = await send();
    const { accepted } = await readReceipt(raised.receipt, log);
    const index = accepted[0]?.place?.index ?? -1;
    await stage.withdraw(sender, raised.alertId);
    await stage.passDays(30);
    expect(await stage.erase()).toMatchObject({ alerts: 1, statements: 2 });
    const salts = await stage.sql('SELECT salt FROM log_entry WHERE position = $1', [index + 1]);
    expect(salts).toEqual([{ salt: null }]);

    await integrated(stage.hub);
    const { proof } = await stage.query<{ proof: { head: { statement: string } } & object }>(
      reader,
      `{ proof: inclusionProof(index: ${index}) { index size path head { statement } } }`,
    );
    const { head, ...path } = proof;
    const receipt = await readReceipt(raised.receipt, log);
    const [entry] = receipt.accepted;
    if (!entry) throw new Error('a receipt for nothing');
    assertIncluded(receipt, entry, await readTreeHead(head.statement, log), readInclusionProof(path));
    // The same statement is answered alike for ever; where the log has it only the first receipt says.
    const { accepted: again } = await readReceipt((await send()).it.receipt, log);
    expect(again).toMatchObject([{ payloadHash: accepted[0]?.payloadHash, place: null }]);
  });

  it('has an alert wait whose statements are in no tree yet', async () => {
    const another = new pg.Client({ connectionString: stage.hub.database.url });
    await another.connect();
    try {
      await integrated(stage.hub);
      await another.query("SELECT pg_advisory_lock(hashtext('symbolon log'))");
      await stage.withdraw(sender, await stage.raise(sender, to([reader.member])));
      await stage.passDays(30);
      expect(await stage.hub.app.get(Erasure).run()).toMatchObject({ alerts: 0 });
    } finally {
      await another.end();
    }
    expect(await stage.erase()).toMatchObject({ alerts: 1 });
  });
});

describe('a run', () => {
  it('signs what it did by number alone and logs it; one that found nothing says nothing', async () => {
    const before = await runs();
    for (let n = 0; n < 2; n++) await stage.withdraw(sender, await stage.raise(sender, to([reader.member])));
    await stage.passDays(30);
    await stage.erase();
    await stage.erase();
    const [run, ...others] = await runs();
    expect(others).toEqual(before);
    expect(run).toMatchObject({ alerts: 2, statements: 4, links: 0 });
    const { jwk, algorithm } = stage.hub.identity.signingKey;
    const { payload } = await compactVerify(run?.statement ?? '', await importJWK(jwk, algorithm));
    const claims = JSON.parse(new TextDecoder().decode(payload)) as { iss: string; jti: string; events: object }; // parsing
    expect(claims.events).toEqual({ [EVENTS.erasureRun]: { alerts: 2, statements: 4, links: 0 } });
    const logged = 'SELECT event FROM log_entry WHERE issuer = $1 AND jti = $2';
    expect(await stage.sql(logged, [claims.iss, claims.jti])).toEqual([{ event: EVENTS.erasureRun }]);
  });

  it('on two nodes at once erases each alert once', async () => {
    const { database, folder, url } = stage.hub;
    const second: TestHub = await testHub({ database, folder, url });
    try {
      for (let n = 0; n < 5; n++) await stage.withdraw(sender, await stage.raise(sender, to([reader.member])));
      await stage.passDays(30);
      const before = await runs();
      const done = await Promise.all([stage.erase(), stage.erase(second), stage.erase(), stage.erase(second)]);
      expect(done.reduce((sum, { alerts }) => sum + alerts, 0)).toBe(5);
      const added = (await runs()).slice(0, (await runs()).length - before.length);
      expect(added.reduce((sum, { alerts }) => sum + alerts, 0)).toBe(5);
    } finally {
      await second.stop();
    }
  });
});

describe('what rests on an alert', () => {
  it('goes with it: the hub’s flag, the statements of its links, persons; and nothing tells a decoy', async () => {
    const hub = await testHub();
    try {
      const links = await LinkStage.on(hub);
      const one = await links.desk('DE', 'shelter', 'ngo');
      const other = await links.desk('FR', 'shelter', 'ngo');
      const [earlier, later, third] = [await links.raise(one), await links.raise(other), await links.raise(other)];
      const link = await links.comparing([one, earlier], [other, later]);
      await links.confirm(one, link, { began: '2023', exit: 'exited', exited: '2024-02' });
      const confirmed = await links.confirm(other, link, { began: '2025', exit: 'unknown' });
      expect(confirmed.link?.flagId).not.toBeNull();
      const said = [
        ...(confirmed.link?.decisions ?? []),
        ...(confirmed.link ? [confirmed.link.counterpart?.opening ?? ''] : []),
      ];
      const suggested = await links.suggest([
        [one, earlier],
        [other, third],
      ]);
      await links.open(other, suggested);
      const untouched = await links.see(other, suggested);

      await links.withdrawAlert(one, earlier);
      await links.sql(`UPDATE alert SET ended_at = ended_at - interval '31 days'`);
      await integrated(hub);
      expect(await hub.app.get(Erasure).run()).toMatchObject({ alerts: 2, links: 2 });

      const whole = await wholeDatabase(hub.database.url);
      for (const statement of said) expect(whole).not.toContain(statement.split('.')[1]);
      expect(await links.see(other, link)).toMatchObject({
        ...{ state: 'WITHDRAWN', decisions: [], classification: null, flagId: null, counterpart: null },
      });
      expect(await links.see(other, suggested)).toEqual(untouched);
      const gone = [earlier, confirmed.link?.flagId ?? ''].map((id) => id.slice('alert:'.length));
      expect(await links.sql('SELECT alert_id FROM alert_person WHERE alert_id = ANY ($1)', [gone])).toEqual([]);
      expect(await links.sql('SELECT id FROM alert WHERE id = ANY ($1) AND statement IS NOT NULL', [gone])).toEqual([]);
      expect(await links.sql('SELECT alert_id FROM linkage_rungs r JOIN link_side USING (link_id)')).toEqual([]);
    } finally {
      await hub.stop();
    }
  });

  it('goes with it: tokens that the matcher has not forgotten by itself', async () => {
    const hub = await testHub();
    try {
      const linkage = await LinkageStage.on(hub);
      const person = somebody();
      const [own, theirs] = [await linkage.raise(linkage.ro, person), await linkage.raise(linkage.al, person)];
      await linkage.matched();
      // Its own clock says that the alert is still in force.
      await linkage.rows(`UPDATE alert SET expires_at = now() - interval '31 days' WHERE id = $1`, [own]);
      await linkage.rows('SELECT expire_alerts(10)');
      expect(await linkage.rows('SELECT FROM linkage_record WHERE alert_id = $1', [own])).toHaveLength(1);
      await integrated(hub);
      expect(await hub.app.get(Erasure).run()).toMatchObject({ alerts: 1 });
      await linkage.matched();
      expect(await linkage.rows('SELECT alert_id FROM linkage_record')).toEqual([{ alert_id: theirs }]);
      expect(await linkage.rows('SELECT DISTINCT record FROM linkage_token')).toHaveLength(1);
      expect(await linkage.rows('SELECT groups::int FROM linkage_population')).toEqual([{ groups: 1 }]);
      expect(await linkage.rows('SELECT FROM alert_person WHERE alert_id = $1', [own])).toEqual([]);
    } finally {
      await hub.stop();
    }
  });
});
