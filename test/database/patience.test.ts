import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { appDataSource, Database, type Patience } from '../../src/database/index.js';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.js';
import { testHub } from '../support/hub.js';
import { StallingLink } from '../support/stalling-link.js';

const LITTLE: Patience = { connect: 700, statement: 500, lock: 300, idle: 600, answer: 900 };
const ACTING = { member: 'aa-one', purpose: 'protection' } as const;

let place: TestDatabase;
let link: StallingLink;
let source: DataSource;
let database: Database;

beforeAll(async () => {
  place = await testDatabase();
  link = await StallingLink.to(place.url);
  source = await appDataSource(link.url, 2, LITTLE).initialize();
  database = new Database(source);
});
afterAll(async () => {
  await source.destroy();
  await link.stop();
  await place.drop();
});

async function seconds(work: Promise<unknown>): Promise<{ seconds: number; code: unknown }> {
  const begun = Date.now();
  const code: unknown = await work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : String(error)),
  );
  return { seconds: (Date.now() - begun) / 1000, code };
}

describe('the patience with a database', () => {
  it('ends with a statement that takes too long, in each way of asking', async () => {
    const slow = { name: 'slow', text: 'SELECT pg_sleep(20)' };
    const asked = [
      () => database.query(slow),
      () => database.queryAsMember(ACTING, slow),
      () => database.queryAheadAsMember(ACTING, slow, []),
      () => database.asMember(ACTING, (transaction) => transaction.query(slow)),
    ];
    for (const ask of asked) {
      const ended = await seconds(ask());
      expect(ended.code).toBe('57014');
      expect(ended.seconds).toBeLessThan(3);
    }
  });

  it('ends with a lock that somebody keeps', async () => {
    const kept = asOwner(place.url, 'BEGIN; LOCK TABLE log_entry; SELECT pg_sleep(3); COMMIT');
    await asOwner(place.url, 'SELECT pg_sleep(0.2)');
    const ended = await seconds(database.query('SELECT count(*) FROM log_entry'));
    expect(ended.code).toBe('55P03');
    await kept;
  });

  it('ends with connections that all are lent', async () => {
    const sleeping = Array.from({ length: 8 }, () => seconds(database.query('SELECT pg_sleep(0.4)')));
    const codes = (await Promise.all(sleeping)).map(({ code }) => code);
    expect(codes).toContain('done');
    expect(codes).toContain('Error: timeout exceeded when trying to connect');
  });

  it('ends with a line that fell silent, and the connection is not used again', async () => {
    await Promise.all([database.query('SELECT 1'), database.query('SELECT 1')]);
    link.stall();
    const ended = await seconds(database.asMember(ACTING, (transaction) => transaction.query('SELECT 1')));
    expect(ended.code).not.toBe('done');
    expect(ended.seconds).toBeLessThan(4);
    link.resume();
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('is set in a running hub', async () => {
    const hub = await testHub({ database: place });
    const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
    const shown = await hub.source.query<{ name: string; setting: string }[]>(
      'SELECT name, setting FROM pg_settings WHERE name = ANY ($1) ORDER BY name',
      [names],
    );
    expect(shown.map(({ setting }) => Number(setting))).toEqual([60_000, 15_000, 30_000]);
    await hub.stop();
  });
});
