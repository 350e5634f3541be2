import 'reflect-metadata';
import { type Config, ConfigError } from './config.js';
import {
  DatabaseRoleError,
  type EmbeddedServer,
  EmbeddedServerError,
  FolderTakenError,
  lockFolder,
  startEmbeddedServer,
} from './database/index.js';
import { type DatabaseUrls, type RunningHub, startHub } from './hub.js';
import { Closure, StartFault } from './operating/index.js';
import { CustodianPortsError, greeting, prepareSandbox, SandboxCustodians } from './sandbox/index.js';

const CLOSED =
  'HUB_CLOSED: the hub was restored and serves nobody until its operator confirms with “npm run hub -- resume --because …”.';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Serves as a node of the hub until a signal ends the process, with everything that it needs around it. What keeps it from starting it says. */
export async function serve(config: Config): Promise<void> {
  let unlock = (): void => undefined;
  let server: EmbeddedServer | null = null;
  let hub: RunningHub | null = null;
  let custodians: Promise<SandboxCustodians | null> = Promise.resolve(null);
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    hub?.drain();
    // Those that are still being started are stopped when they run; those that failed have stopped.
    await (await custodians.catch(() => null))?.stop();
    await hub?.close();
    await server?.stop();
    unlock();
    process.exit(code);
  };
  const onSignal = (): void => {
    if (stopping) process.exit(1); // told twice: at once, whatever is under way
    void stop(0).catch(() => process.exit(1));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    unlock = lockFolder(config.dataFolder);
    // To begin with they need nothing of the hub, and their ceremony takes seconds.
    custodians = startCustodians(config);
    server = config.databaseUrl ? null : await startEmbeddedServer(config.dataFolder, config.embeddedPort, say);
    hub = await startHub(config, urlsOf(config, server));
    if (config.sandbox) await prepareSandbox(hub.app, config.dataFolder, say);
    await (await custodians)?.join(hub.app);
    say(hub.app.get(Closure).isClosed ? CLOSED : greeting(hub.url, config.sandbox));
  } catch (error) {
    say(explain(error, config));
    await stop(1);
  }
}

/** The sandbox's custodians; null without them. */
function startCustodians(config: Config): Promise<SandboxCustodians | null> {
  const { sandbox, custodianPorts: ports, dataFolder, hubUrl: audience } = config;
  if (!sandbox || !ports) return Promise.resolve(null);
  const started = SandboxCustodians.start({ dataFolder, ports, audience, say });
  started.catch(() => undefined); // heard where it is waited for
  return started;
}

function urlsOf(
  { databaseUrl, migratorUrl, matcherUrl, counterUrl }: Config,
  server: EmbeddedServer | null,
): DatabaseUrls {
  const url = databaseUrl ?? server?.url;
  if (!url) throw new ConfigError('There is no database.');
  return { url, migratorUrl: migratorUrl ?? url, matcherUrl: matcherUrl ?? url, counterUrl: counterUrl ?? url };
}

/** What kept the hub from running, in words that say what to do. */
function explain(error: unknown, config: Config): string {
  if (isKnown(error)) return `The hub cannot start. ${error.message}`;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return portTaken(error, config);
  if (code === 'ECONNREFUSED')
    return 'The hub cannot start. No database answers at DATABASE_URL: start it, or correct the address.';
  return `The hub cannot start. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** Of two ports that a hub listens on, which one another program has. */
function portTaken(error: unknown, { port, host, metrics }: Config): string {
  const taken = error instanceof Error && 'port' in error ? error.port : port;
  const [variable, number, address] =
    metrics && taken === metrics.port && taken !== port
      ? ['METRICS_PORT', metrics.port, metrics.host]
      : ['PORT', port, host];
  return `The hub cannot start. Port ${number} on ${address} is taken by another program: stop it, or set ${variable} to a free port.`;
}

/** Errors whose message says what is wrong and what to do; others show where they came from. */
function isKnown(error: unknown): error is Error {
  return [ConfigError, CustodianPortsError, DatabaseRoleError, EmbeddedServerError, FolderTakenError, StartFault].some(
    (known) => error instanceof known,
  );
}
