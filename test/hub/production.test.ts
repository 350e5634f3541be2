import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newHubSecrets } from '../../src/hub-secrets.js';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.js';
import { HubProcess } from '../support/hub-process.js';

let hub: HubProcess;
let database: TestDatabase;

beforeAll(async () => {
  [hub, database] = await Promise.all([HubProcess.make(), testDatabase()]);
  await asOwner(
    database.url,
    `DO $$ BEGIN
      CREATE ROLE test_member LOGIN PASSWORD 'test' IN ROLE symbolon_app;
      CREATE ROLE test_bypass LOGIN PASSWORD 'test' BYPASSRLS IN ROLE symbolon_app;
    END $$`,
  );
  writeFileSync(join(hub.folder, 'real.json'), await newHubSecrets(false), { mode: 0o600 });
  writeFileSync(join(hub.folder, 'sandbox.json'), await newHubSecrets(true), { mode: 0o600 });
});
afterAll(async () => {
  await hub.remove();
  await database.drop();
});

function production(user: string, secrets: string): Record<string, string> {
  const url = new URL(database.url);
  if (user !== 'owner') [url.username, url.password] = [user, 'test'];
  const hubSide = { HUB_URL: 'https://hub.example', HUB_SECRET_FILE: join(hub.folder, secrets), HOST: '127.0.0.1' };
  return { NODE_ENV: 'production', DATABASE_URL: url.toString(), MIGRATOR_DATABASE_URL: database.url, ...hubSide };
}

describe('a hub in production', () => {
  it.each([
    ['a superuser', 'owner'],
    ['a role that bypasses row-level security', 'test_bypass'],
  ])('refuses to serve as %s', async (_, user) => {
    expect(await hub.start(production(user, 'real.json'))).toBe(1);
    expect(hub.output).toContain('row-level security');
  });

  it('refuses sandbox keys', async () => {
    expect(await hub.start(production('test_member', 'sandbox.json'))).toBe(1);
    expect(hub.output).toContain('sandbox keys');
  });

  it('serves as a plain member of the app role, with keys of its own and no sandbox', async () => {
    expect(await hub.start(production('test_member', 'real.json'))).toBe('ready');
    expect(hub.output).not.toContain('sandbox');
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ accord { quorum } }"}',
    });
    expect(await response.json()).toEqual({ data: { accord: { quorum: 2 } } });
    expect(await hub.end('SIGTERM')).toBe(0);
  });
});
