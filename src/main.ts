import 'reflect-metadata';
import { type Config, ConfigError, readConfig } from './config.js';
import {
  DatabaseRoleError,
  type EmbeddedServer,
  EmbeddedServerError,
  FolderTakenError,
  lockFolder,
  startEmbeddedServer,
} from './database/index.js';
import { type RunningHub, startHub } from './hub.js';
import { CustodianPortsError, greeting, prepareSandbox, SandboxCustodians } from './sandbox/index.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const config = readConfig();
  const unlock = lockFolder(config.dataFolder);
  let server: EmbeddedServer | null = null;
  let hub: RunningHub | null = null;
  let custodians: SandboxCustodians | null = null;
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await custodians?.stop();
    await hub?.close();
    await server?.stop();
    unlock();
    process.exit(code);
  };
  const onSignal = (): void => void stop(0).catch(() => process.exit(1));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    // Their ceremony takes seconds, and needs nothing of the hub.
    const prepared = prepareCustodians(config);
    server = config.databaseUrl ? null : await startEmbeddedServer(config.dataFolder, config.embeddedPort, say);
    hub = await startHub(config, urlsOf(config, server));
    if (config.sandbox) await prepareSandbox(hub.app, config.dataFolder, say);
    custodians = await prepared;
    await custodians?.serve(hub.app);
    say(greeting(hub.url, config.sandbox));
  } catch (error) {
    say(explain(error, config));
    await stop(1);
  }
}

/** The sandbox's custodians with their keys; null without them. */
function prepareCustodians({
  sandbox,
  custodianPorts: ports,
  dataFolder,
  hubUrl,
}: Config): Promise<SandboxCustodians | null> {
  if (!sandbox || !ports) return Promise.resolve(null);
  const prepared = SandboxCustodians.prepare({ dataFolder, ports, audience: hubUrl, say });
  prepared.catch(() => undefined); // heard where it is waited for
  return prepared;
}

function urlsOf(
  { databaseUrl, migratorUrl, matcherUrl }: Config,
  server: EmbeddedServer | null,
): { url: string; migratorUrl: string; matcherUrl: string } {
  const url = databaseUrl ?? server?.url;
  if (!url) throw new ConfigError('There is no database.');
  return { url, migratorUrl: migratorUrl ?? url, matcherUrl: matcherUrl ?? url };
}

/** What kept the hub from running, in words that say what to do. */
function explain(error: unknown, { port, host }: Config): string {
  if (isKnown(error)) return `The hub cannot start. ${error.message}`;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE')
    return `The hub cannot start. Port ${port} on ${host} is taken by another program: stop it, or set PORT to a free port.`;
  if (code === 'ECONNREFUSED')
    return 'The hub cannot start. No database answers at DATABASE_URL: start it, or correct the address.';
  return `The hub cannot start. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** Errors whose message says what is wrong and what to do; others show where they came from. */
function isKnown(error: unknown): error is Error {
  return [ConfigError, CustodianPortsError, DatabaseRoleError, EmbeddedServerError, FolderTakenError].some(
    (known) => error instanceof known,
  );
}

main().catch((error: unknown) => {
  const words = isKnown(error)
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`The hub cannot start. ${words}\n`);
  process.exit(1);
});
