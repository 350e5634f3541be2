import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedServer, startEmbeddedServer, writersOf } from '../../src/database/index.js';

const folder = mkdtempSync(join(tmpdir(), 'symbolon-prepared-'));
let server: EmbeddedServer;
let client: pg.Client;

/** A server of its own: what a server lets be prepared it is told at its start. */
beforeAll(async () => {
  chmodSync(folder, 0o711); // root's server runs as another user, who must pass through
  server = await startEmbeddedServer(folder, 0, () => undefined);
  const admin = new pg.Client(server.url);
  await admin.connect();
  await admin.query('ALTER SYSTEM SET max_prepared_transactions = 1');
  await admin.end();
  await server.stop();
  server = await startEmbeddedServer(folder, 0, () => undefined);
  client = new pg.Client(server.url);
  await client.connect();
  await client.query('CREATE SCHEMA symbolon; CREATE TABLE symbolon.log_entry (position bigint)');
});
afterAll(async () => {
  await client.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('finds a transaction that was prepared among those who have written and not ended', async () => {
  const asking = {
    query: async <Row>(statement: string | { text: string }, values: readonly unknown[] = []): Promise<Row[]> => {
      const text = typeof statement === 'string' ? statement : statement.text;
      return (await client.query(text, [...values])).rows as Row[]; // parsing
    },
  };
  expect((await writersOf(asking, 'log_entry')).size).toBe(0);
  await client.query("BEGIN; INSERT INTO symbolon.log_entry VALUES (1); PREPARE TRANSACTION 'late'");
  expect((await writersOf(asking, 'log_entry')).size).toBe(1);
  await client.query("COMMIT PREPARED 'late'");
  expect((await writersOf(asking, 'log_entry')).size).toBe(0);
});
