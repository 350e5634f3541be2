import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { LinkageStage, somebody } from '../linkage/linkage-stage.js';
import { testHub, type TestHub } from '../support/hub.js';

let hub: TestHub;
let stage: LinkageStage;
let ours: string;
let theirs: string;

beforeAll(async () => {
  hub = await testHub();
  stage = await LinkageStage.on(hub);
  const person = somebody();
  ours = await stage.raise(stage.ro, person);
  theirs = await stage.raise(stage.al, person);
  await stage.matched();
  await stage.rows("UPDATE link SET suggested_at = now() - interval '1 minute', state = 'confirmed'");
  await stage.rows("UPDATE link SET state = 'suggested'");
});
afterAll(() => hub.stop());

/** Runs one statement as a role and takes it back: how many rows it reached, or the code of the refusal. */
async function reach(role: 'symbolon_app' | 'symbolon_matcher', sql: string): Promise<number | string | undefined> {
  const client = new pg.Client({
    connectionString: hub.database.url,
    options: `-c search_path=symbolon -c role=${role}`,
  });
  await client.connect();
  try {
    await client.query(
      `BEGIN; SET LOCAL symbolon.member = '${stage.ro.seat.member}'; SET LOCAL symbolon.purpose = 'protection'`,
    );
    return (await client.query(sql)).rowCount ?? 0;
  } catch (error) {
    return error instanceof pg.DatabaseError ? error.code : 'unknown';
  } finally {
    await client.end();
  }
}

const DENIED = '42501';

describe('the role of the matcher', () => {
  it.each([
    ['reads no opening and no decision', 'SELECT opening, decision_statement FROM link_side'],
    ['reads no classification', 'SELECT recurrence, flag_id FROM link'],
    ['reads no more how two alerts agree, once it has said it', 'SELECT rungs FROM linkage_rungs'],
    ['counts no pair as confirmed', 'DELETE FROM linkage_confirmed'],
    ['confirms nothing', "UPDATE link SET state = 'confirmed'"],
    [
      'writes no decision',
      "INSERT INTO link_side (link_id, side, member, alert_id, decision) SELECT id, 1, 'x', id, 'confirmed' FROM link",
    ],
  ])('%s', async (_, sql) => {
    expect(await reach('symbolon_matcher', sql)).toBe(DENIED);
  });

  it('undoes nothing that was given out, and nothing that was decided', async () => {
    expect(await reach('symbolon_matcher', 'DELETE FROM link_side')).toBe(0);
    expect(await reach('symbolon_matcher', 'DELETE FROM link')).toBe(0);
    await stage.rows("UPDATE link SET state = 'confirmed'");
    expect(await reach('symbolon_matcher', "UPDATE link SET state = 'lapsed'")).toBe(0);
    await stage.rows("UPDATE link SET state = 'suggested'");
    expect(await reach('symbolon_matcher', "UPDATE link SET state = 'lapsed'")).toBe(1);
  });
});

describe('the role of the app', () => {
  const arrival = (
    alert: string,
  ) => `INSERT INTO linkage_arrival (position, alert_id, sender, expires_at, facts, tokens)
    VALUES (999999, '${alert}', '${stage.ro.seat.member}', now() + interval '1 day', '{}', '[]')`;

  it.each([
    ['how two alerts agree', 'SELECT FROM linkage_rungs'],
    ['on which rungs confirmed pairs stand', 'SELECT FROM linkage_confirmed'],
  ])('does not learn %s', async (_, sql) => {
    expect(await stage.rows(sql)).not.toEqual([]);
    expect(await reach('symbolon_app', sql)).toBe(DENIED);
  });

  it('takes tokens of the acting member’s alerts away, and of nobody else’s', async () => {
    expect(await reach('symbolon_app', arrival(ours))).toBe(1);
    expect(await reach('symbolon_app', arrival(theirs))).toBe('23503');
  });
});
