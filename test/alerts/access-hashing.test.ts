import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import type { DataSource } from 'typeorm';
import { AccessDayTree } from '../../src/alerts/access-day-tree.js';
import { BackgroundWork } from '../../src/background/index.js';
import { AccessSummaries } from '../../src/alerts/index.js';
import { appDataSource, Database, type Transaction } from '../../src/database/index.js';
import { EVENTS, generateSigningKey } from '../../src/protocol/index.js';
import {
  accessLeafHash,
  type AccessRead,
  emptyAccessHash,
  nextAccessHash,
} from '../../src/protocol/transparency/index.js';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.js';

const AUDIENCE = 'https://hub.example';
const DAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const OWNERS = ['aa-one', 'bb-two', 'cc-three', 'dd-unread'];
/** More than are hashed within the patience of the data source, by far. */
const RECORDS = 40_000;
/** A statement takes half a second at most. */
const LITTLE = { connect: 10_000, statement: 500, lock: 400, idle: 60_000, answer: 10_000 };

/** Counts what was hashed, and loses its connection in the middle of a part. */
class Losing extends Database {
  parts = 0;
  loseAt = Infinity;

  override asNobody<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return super.asNobody((transaction) =>
      work({
        query: async <Row>(...[statement, values]: Parameters<Transaction['query']>) => {
          const rows = await transaction.query<Row>(statement, values);
          if (typeof statement !== 'string' || !statement.includes('hash_access_records')) return rows;
          this.parts += 1;
          if (this.parts === this.loseAt) await transaction.query('SELECT pg_terminate_backend(pg_backend_pid())');
          return rows;
        },
      }),
    );
  }
}

let place: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  place = await testDatabase();
  source = await appDataSource(place.url, 4, LITTLE).initialize();
  await sql(
    `INSERT INTO member SELECT code, code, 'ngo', 'AL', '{protection}', 'active', convert_to(code, 'UTF8'), now(), now() FROM unnest($1::text[]) AS o (code)`,
    [OWNERS],
  );
  await sql(
    `INSERT INTO access_record (at, owner, reader, officer, purpose, operation, alert_ids)
     SELECT ($1::date::timestamp AT TIME ZONE 'UTC') + (n * 7919 % 86400) * interval '1.0001 s', ($2::text[])[1 + n % 3], 'ee-reader', 'désk-' || n % 5,
       'protection', 'alerts', ARRAY(SELECT gen_random_uuid() FROM generate_series(1, n % 4))
     FROM generate_series(1, $3) n`,
    [DAY, OWNERS, RECORDS],
  );
  for (const aside of ['-1 day', '1 day'])
    await sql(
      `INSERT INTO access_record (at, owner, reader, officer, purpose, operation, alert_ids)
       SELECT $1::date::timestamp AT TIME ZONE 'UTC' + $2::interval, owner, 'ee-reader', 'desk', 'protection', 'alerts', '{}' FROM unnest($3::text[]) AS o (owner)`,
      [DAY, aside, OWNERS],
    );
});
afterAll(async () => {
  await source.destroy();
  await place.drop();
});

const sql = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> =>
  asOwner<Row>(place.url, text, values);

/** The root that the protocol computes from the records, with the salts that the hub drew. */
async function rootOfRecords(): Promise<string> {
  const salts = await sql<{ owner: string; salt: Buffer }>(
    'SELECT owner, salt FROM access_summary_owner WHERE day = $1',
    [DAY],
  );
  expect(salts.map(({ owner }) => owner).sort()).toEqual(OWNERS);
  const leaves = await Promise.all(
    salts.map(async ({ owner, salt }) => {
      const whose = { audience: AUDIENCE, owner, day: DAY };
      const reads = await sql<AccessRead & Record<string, unknown>>(
        `SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, reader, officer, purpose, operation,
           ARRAY(SELECT 'alert:' || i.id FROM unnest(alert_ids) WITH ORDINALITY AS i (id, place) ORDER BY place) AS "alertIds"
         FROM access_record WHERE owner = $1 AND (at AT TIME ZONE 'UTC')::date = $2 ORDER BY id`,
        [owner, DAY],
      );
      return accessLeafHash(whose, {
        ...{ salt, reads: reads.length, hash: reads.reduce(nextAccessHash, emptyAccessHash(whose)) },
      });
    }),
  );
  return Buffer.from(new AccessDayTree(leaves.sort((a, b) => Buffer.compare(a, b))).root).toString('base64url');
}

describe('a day on which more was read than the database hashes in the time of one statement', () => {
  it('is summarised part by part, goes on where a part was cut off, and has the root of all of its records', async () => {
    const signingKey = await generateSigningKey();
    const secret = new Uint8Array(32);
    const hub = { audience: AUDIENCE, hubUrl: AUDIENCE, signingKey, cursorSecret: secret, linkageSecret: secret };
    const losing = new Losing(source);
    // The first part is all of the day before.
    losing.loseAt = 4;
    await expect(new AccessSummaries(new BackgroundWork(), losing, hub).run()).rejects.toThrow('terminat');
    const kept = await sql<{ reads: string }>('SELECT sum(reads) AS reads FROM access_summary_owner WHERE day = $1', [
      DAY,
    ]);
    expect(kept).toEqual([{ reads: '10000' }]);
    expect(await sql('SELECT FROM access_summary WHERE day = $1', [DAY])).toEqual([]);

    const nodes = [
      new AccessSummaries(new BackgroundWork(), losing, hub),
      new AccessSummaries(new BackgroundWork(), new Database(source), hub),
    ];
    const days = await Promise.all(nodes.map((node) => node.run()));
    expect(days.reduce((sum, some) => sum + some)).toBe(1);
    const [summary] = await sql<{ statement: string }>('SELECT statement FROM access_summary WHERE day = $1', [DAY]);
    expect(decodeJwt(summary?.statement ?? '')['events']).toEqual({
      [EVENTS.accessSummary]: { day: DAY, root: await rootOfRecords() },
    });
    expect(await sql('SELECT FROM access_hashing')).toEqual([]);
  });
});
