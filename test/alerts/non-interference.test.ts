import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { CaseBook } from '../../src/ontology/index.js';
import { generateSigningKey, PURPOSES, type SigningKey } from '../../src/protocol/index.js';
import { testHub, type TestHub } from '../support/hub.js';
import { type Ask, withToken } from '../support/raw-seat.js';
import { WorldSeed } from '../support/world-seed.js';
import { idAt, type World, worlds } from '../support/worlds.js';

const WORLDS = 60;
const ASKER = 'aa-one';
const EVERYTHING = 'id kind state raisedAt receivedAt expiresAt revision statement history sender { code name state }';

let hub: TestHub;
let owner: pg.Client;
let key: SigningKey;
let worldSeed: WorldSeed;

beforeAll(async () => {
  hub = await testHub();
  key = await generateSigningKey();
  owner = new pg.Client({ connectionString: hub.database.url, options: '-c search_path=symbolon' });
  await owner.connect();
  worldSeed = new WorldSeed(owner, hub.app.get(CaseBook));
});
afterAll(async () => {
  await owner.end();
  await hub.stop();
});

/** The whole world, in which the asker is active and others read each other's alerts as well as the asker's. */
async function seed(world: World): Promise<void> {
  const members = world.members.map((member) =>
    member.code === ASKER ? { ...member, state: 'active' as const, mandate: PURPOSES } : member,
  );
  await worldSeed.sow({ ...world, members });
  await owner.query(
    `INSERT INTO officer VALUES ($1, '${ASKER}', 'desk', 'liaison', 'EdDSA', $2, now() - interval '1 minute', now() + interval '1 day', NULL)`,
    [key.kid, JSON.stringify(key.jwk)],
  );
  await owner.query(`INSERT INTO access_record (owner, reader, officer, purpose, operation, alert_ids)
    SELECT sender, 'bb-two', 'desk', 'monitoring', 'alert', ARRAY[id] FROM alert ORDER BY position`);
}

/** Takes away all that the asker may not know of for monitoring, by the database's own word, which another test holds to the rule. */
async function forget(): Promise<number> {
  await owner.query(
    `BEGIN; SET LOCAL ROLE symbolon_app; SET LOCAL symbolon.member = '${ASKER}'; SET LOCAL symbolon.purpose = 'monitoring'`,
  );
  const { rows } = await owner.query<{ id: string }>('SELECT id FROM alert');
  await owner.query('COMMIT');
  const seen = [rows.map(({ id }) => id)];
  await owner.query('DELETE FROM alert_statement WHERE alert_id <> ALL ($1::uuid[])', seen);
  const { rowCount } = await owner.query('DELETE FROM alert WHERE id <> ALL ($1::uuid[])', seen);
  await owner.query('DELETE FROM audience WHERE id NOT IN (SELECT audience_id FROM alert)');
  await owner.query(`DELETE FROM access_record WHERE owner <> '${ASKER}'`);
  return rowCount ?? 0;
}

/** Every answer to every question, with the status and headers that came with it. */
async function answers(ask: Ask): Promise<unknown[]> {
  const questions = [
    `{ alerts(first: 2) { edges { cursor node { ${EVERYTHING} } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    '{ alerts(last: 3, order: OLDEST_FIRST) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage } } }',
    '{ alerts(first: 100, filter: { kinds: [CASE], senders: ["bb-two"], verdict: { under: "GB", anyOf: [UNDETERMINED] } }) { edges { cursor } } }',
    '{ verdictSummary(under: ["GB", "CH"], by: [YEAR]) { alerts totals { met notMet undetermined } rows { year alerts } } }',
    '{ members(first: 100) { edges { cursor node { code state officers { code } } } } }',
    ...Array.from({ length: 8 }, (_, place) => [
      `{ alert(id: "alert:${idAt(place)}") { ${EVERYTHING} } }`,
      `{ node(id: "alert:${idAt(place)}") { id ... on Alert { sealed } } }`,
      `{ accessRecords(first: 5, alertId: "alert:${idAt(place)}") { edges { cursor node { alertIds } } } }`,
    ]).flat(),
  ];
  const found: unknown[] = [];
  for (const question of [
    '{ accessRecords(first: 2) { edges { cursor node { at officer alertIds } } pageInfo { hasNextPage } } }',
    ...questions,
  ]) {
    const { status, headers, text } = await ask(question);
    found.push({ question, status, text, headers: [...headers].filter(([name]) => name !== 'date') });
    await owner.query(`DELETE FROM access_record WHERE reader = '${ASKER}'`);
  }
  return found;
}

describe('what a member may not see', () => {
  it('changes not one byte of any answer to it', async () => {
    let ask: Ask | null = null;
    let [compared, hidden] = [0, 0];
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        await seed(world);
        ask ??= await withToken(hub, { member: ASKER, officer: 'desk', role: 'liaison', key }, 'monitoring');
        const whole = await answers(ask);
        hidden += await forget();
        expect(await answers(ask)).toEqual(whole);
        expect(whole).not.toContainEqual(expect.objectContaining({ status: 401 }));
        compared += whole.length;
      }),
      { numRuns: WORLDS, seed: 20261123, endOnFailure: true },
    );
    expect(hidden).toBeGreaterThan(WORLDS);
    process.stdout.write(
      `non-interference: ${WORLDS} pairs of worlds, ${hidden} hidden alerts, ${compared} answers compared\n`,
    );
  }, 240_000);
});
