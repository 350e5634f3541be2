import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { readOntology, Rejudging, VariantRegister } from '../../src/ontology/index.js';
import { Metrics } from '../../src/operating/index.js';
import type { KnownFacts } from '../../src/protocol/index.js';
import { drawCases } from '../bench/engine.js';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import { JudgingNode } from '../support/judging-node.js';
import { loggedDuring } from '../support/logged-during.js';
import { NodeProcess } from '../support/node-process.js';
import { caseContent, certify, connect, foundAccord } from '../support/organisation.js';
import { type Ask, withToken } from '../support/raw-seat.js';
import { until } from '../support/until.js';

const CASES = 12_000;
/** Cases as a node of other definitions entered them: their verdicts stand under two numbers that are not today's. */
const ENTER = `
  INSERT INTO judged_case (hash, facts, present, revision, met, undetermined)
  SELECT sha256(facts::bytea), facts::jsonb, '{}', 'others', '{30001}', '{30002}' FROM unnest($1::text[]) facts ON CONFLICT DO NOTHING`;
const OTHERS = `
  INSERT INTO definition_variant (id, variant, law, law_version, content_hash) OVERRIDING SYSTEM VALUE
  VALUES (30001, 'XX-1', 'XX', 1, 'x'), (30002, 'XX-2', 'XX', 1, 'x')`;
const CHANGE_DEFINITIONS = `
  UPDATE definition_variant SET content_hash = sha256(content_hash || now()::text::bytea);
  UPDATE judged_case SET revision = 'others'`;
const ALERTS = 'alerts(first: 50, filter: { verdict: { under: "NL", anyOf: [MET] } }) { edges { node { id } } }';
const PICTURE = 'picture(under: ["NL"], scope: OWN) { verdicts { met { count } } }';

let database: TestDatabase;
let folder: string;
let first: TestHub;
/** What a node judges, to compare with. */
let judging: JudgingNode;
let ask: Ask;
let alertId: string;

beforeAll(async () => {
  [database, folder] = [await testDatabase(), mkdtempSync(join(tmpdir(), 'symbolon-rejudging-'))];
  first = await testHub({ database, folder, environment: { LOG_LEVEL: 'info' } });
  const { ro, al } = await foundAccord(first);
  const ngo = await connect(first, await certify(first, al, 'desk', 'case-worker'), 'protection');
  ({ alertId } = await ngo.raise(caseContent()));
  const desk = await certify(first, ro, 'desk', 'liaison');
  await (await connect(first, desk, 'monitoring')).raise(caseContent());
  ask = await withToken(first, desk, 'monitoring');
  const cases = drawCases(readOntology().concepts, CASES).map((one) => JSON.stringify(one));
  await owner(OTHERS);
  await owner(ENTER, [cases]);
});
afterAll(async () => {
  await judging.end();
  await first.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function owner<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return asOwner<Row>(database.url, sql, values);
}

/** From now on all that was judged was judged under other definitions; today's are entered, as at a start. */
async function changeDefinitions(): Promise<void> {
  await owner(CHANGE_DEFINITIONS);
  judging = await JudgingNode.over(database.url, readOntology());
}

async function left(): Promise<string> {
  return (await first.app.get(Metrics).registry.getSingleMetricAsString('symbolon_cases_to_judge')).trim();
}

/** How far today's definitions are complete. */
async function completeTo(): Promise<number> {
  const [row] = await owner<{ least: number }>(
    'SELECT min(complete_to)::int AS least FROM definition_variant WHERE id = ANY ($1::smallint[])',
    [judging.register.ids],
  );
  return row?.least ?? -1;
}

/** That each row holds what the engine says, and still what others said. */
async function allJudged(): Promise<void> {
  const { judge, register } = judging;
  const rows = await owner<{ facts: KnownFacts; met: number[]; undetermined: number[] }>(
    'SELECT facts, met, undetermined FROM judged_case ORDER BY id',
  );
  expect(rows.length).toBeGreaterThan(CASES / 2);
  const own = (some: readonly number[]) => new Set(some.filter((id) => register.ids.includes(id)));
  for (const { facts, met, undetermined } of rows) {
    const wanted = judge.verdictIds(judge.prepare(facts));
    expect([own(met), own(undetermined)]).toEqual([new Set(wanted.met), new Set(wanted.undetermined)]);
  }
  expect(rows.filter(({ met }) => met.includes(30_001)).length).toBeGreaterThan(CASES / 2);
}

describe('a hub whose definitions have changed', () => {
  it('serves at once: verdicts are right, finding by verdict is refused until they are kept, and readiness, log and measurements say how far it is', async () => {
    await changeDefinitions();
    await first.app.get(VariantRegister).enter();
    const logged = await loggedDuring(async () => {
      const [shown, refused, counted] = await Promise.all(
        [`alert(id: "${alertId}") { verdicts(under: ["NL"]) { verdict } }`, ALERTS, PICTURE].map((one) =>
          ask(`{ ${one} }`),
        ),
      );
      expect(shown?.text).toContain('"verdict":"MET"');
      expect(counted?.text).toContain('"met":{"count":1}');
      expect(refused?.text).toContain('"code":"VERDICTS_INCOMPLETE"');
      expect(refused?.text).toMatch(/\b\d{1,2} percent of what is kept is judged/);
      expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
      expect(await left()).toMatch(/ [1-9]\d*$/);
      await until('all is judged', async () => (await left()).endsWith(' 0'));
      await first.app.get(Rejudging).wake(); // and has been said
    });
    expect(logged).toMatch(/"context":"Rejudging".*"event":"REJUDGING","count":\d+,"left":0,"milliseconds":\d+/);
    expect((await ask(`{ ${ALERTS} }`)).text).toContain(alertId);
    expect((await ask(`{ ${PICTURE} }`)).text).toContain('"met":{"count":1}');
    await allJudged();
  });

  it('goes on where a node that was killed has stopped', async () => {
    const { url } = first;
    await first.stop();
    await judging.end();
    await changeDefinitions();
    const killed = await NodeProcess.start({ database, folder, url }, {});
    await until('some are judged', async () => (await completeTo()) > 0);
    await killed.end('SIGKILL');
    const reached = await completeTo();
    expect(reached).toBeLessThan(CASES);
    const [last] = await owner<{ id: number }>('SELECT max(id) AS id FROM judged_case');
    const next = await NodeProcess.start({ database, folder, url }, {});
    expect(await completeTo()).toBeGreaterThanOrEqual(reached);
    await until('all are judged', async () => (await completeTo()) === last?.id);
    await next.end('SIGTERM');
    await allJudged();
  });
});
