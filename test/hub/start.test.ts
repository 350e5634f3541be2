import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isAlive } from '../../src/database/folder-lock.js';
import { HubProcess } from '../support/hub-process.js';

let hub: HubProcess;

beforeEach(async () => {
  hub = await HubProcess.make();
});
afterEach(() => hub.remove());

function occupy(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

const SOME = 'postgres://x@127.0.0.1/x';
const DATABASES = { DATABASE_URL: SOME, MATCHER_DATABASE_URL: SOME, COUNTER_DATABASE_URL: SOME };

describe('starting and stopping', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'stops clean on %s, leaves no database behind, and has its data at the next start',
    async (signal) => {
      expect(await hub.start()).toBe('ready');
      expect(hub.output).toContain('Setting up the sandbox');
      const database = hub.databaseProcess;
      expect(await hub.end(signal)).toBe(0);
      expect(database !== null && isAlive(database)).toBe(false);
      expect(await hub.start()).toBe('ready');
      expect(hub.output).not.toContain('Setting up the sandbox');
    },
  );

  it('says which port is taken, and what to do', async () => {
    const taken = await occupy(hub.port);
    expect(await hub.start()).toBe(1);
    expect(hub.output).toContain(`Port ${hub.port} on 127.0.0.1 is taken`);
    taken.close();
    const database = await occupy(hub.databasePort);
    expect(await hub.start()).toBe(1);
    expect(hub.output).toContain('EMBEDDED_PORT');
    database.close();
  });

  it('says that another hub uses the folder', async () => {
    expect(await hub.start()).toBe('ready');
    const first = hub.output;
    const second = await HubProcess.make();
    expect(await second.start({ DATA_FOLDER: hub.folder })).toBe(1);
    expect(second.output).toContain('uses the data folder');
    expect(first).toContain('ready');
    await second.remove();
  });

  it.each<[string, Record<string, string>, string]>([
    ['without a database of its own', {}, 'DATABASE_URL'],
    ['without a login of the matcher’s own', { DATABASE_URL: SOME }, 'MATCHER_DATABASE_URL'],
    [
      'without a login of the counter’s own',
      { DATABASE_URL: SOME, MATCHER_DATABASE_URL: SOME },
      'COUNTER_DATABASE_URL',
    ],
    ['without secrets', DATABASES, 'HUB_SECRET_FILE'],
    ['without an address', { ...DATABASES, HUB_SECRET_FILE: '/nowhere' }, 'HUB_URL'],
    ['without https', { ...DATABASES, HUB_SECRET_FILE: '/nowhere', HUB_URL: 'http://hub.example' }, 'https'],
    ['with the sandbox', { SANDBOX: 'on', DATABASE_URL: 'postgres://x@127.0.0.1/x' }, 'SANDBOX'],
  ])('refuses production %s', async (_, environment, word) => {
    expect(await hub.start({ NODE_ENV: 'production', ...environment })).toBe(1);
    expect(hub.output).toContain(word);
  });
});
