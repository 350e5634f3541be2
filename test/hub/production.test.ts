import { readFileSync, writeFileSync } from 'node:fs';
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
      CREATE ROLE test_matcher LOGIN PASSWORD 'test' IN ROLE symbolon_matcher;
      CREATE ROLE test_counter LOGIN PASSWORD 'test' IN ROLE symbolon_counter;
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
  const [url, matcher, counter] = [new URL(database.url), new URL(database.url), new URL(database.url)];
  if (user !== 'owner') [url.username, url.password] = [user, 'test'];
  [matcher.username, matcher.password] = ['test_matcher', 'test'];
  [counter.username, counter.password] = ['test_counter', 'test'];
  const hubSide = { HUB_URL: 'https://hub.example', HUB_SECRET_FILE: join(hub.folder, secrets), HOST: '127.0.0.1' };
  const databases = {
    MIGRATOR_DATABASE_URL: database.url,
    MATCHER_DATABASE_URL: matcher.toString(),
    COUNTER_DATABASE_URL: counter.toString(),
  };
  return { NODE_ENV: 'production', DATABASE_URL: url.toString(), ...databases, ...hubSide };
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

  it('refuses keys from before there was linkage, in words that say what to add, and leaves the file alone', async () => {
    const { linkageSecret, ...before } = JSON.parse(await newHubSecrets(false)) as { linkageSecret: string };
    expect(linkageSecret.length).toBeGreaterThan(40);
    const file = join(hub.folder, 'before.json');
    writeFileSync(file, JSON.stringify(before), { mode: 0o600 });
    expect(await hub.start(production('test_member', 'before.json'))).toBe(1);
    expect(hub.output).toContain('linkageSecret');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(before);
  });

  it('refuses to compare tokens as the role that serves members', async () => {
    const { MATCHER_DATABASE_URL, ...without } = production('test_member', 'real.json');
    expect(MATCHER_DATABASE_URL).toContain('test_matcher');
    expect(await hub.start(without)).toBe(1);
    expect(hub.output).toContain('MATCHER_DATABASE_URL is missing');
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
