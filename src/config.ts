import { resolve } from 'node:path';
import type { StreamLimits } from './graphql/index.js';
import type { Terms } from './obligations/index.js';

/** How the hub is to run. Read once at the start from the environment; nothing else reads it. */
export interface Config {
  readonly production: boolean;
  /** Where members reach the hub, without a trailing slash. */
  readonly hubUrl: string;
  readonly host: string;
  readonly port: number;
  /** Where the embedded database, sandbox keys and the hub's own development keys live. */
  readonly dataFolder: string;
  /** Port of the embedded database on the loopback interface. */
  readonly embeddedPort: number;
  /** The database to serve from; null means the embedded one. */
  readonly databaseUrl: string | null;
  /** The database as its migrator; by default the same. */
  readonly migratorUrl: string | null;
  /** The database as the role that compares tokens; by default the same. */
  readonly matcherUrl: string | null;
  /** The database as the role that counts for the picture; by default the same. */
  readonly counterUrl: string | null;
  /** JSON file with the hub's keys; required in production. */
  readonly secretFile: string | null;
  /** Whether the sandbox accord and members are set up. Never in production. */
  readonly sandbox: boolean;
  /** Ports of the sandbox's three custodians on the loopback interface; null when it runs without them. */
  readonly custodianPorts: readonly number[] | null;
  /** Largest request body, bytes. */
  readonly bodyLimit: number;
  /** From which severity on the hub writes its log. Nothing about a person is in it at any (a test looks). */
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
  /** Where the measurements are served, beside the public port; null when they are not. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  /** How long a node that is told to stop goes on taking requests, so that whoever sends them notices that it is not ready. Milliseconds. */
  readonly drainTime: number;
  /** How long it then waits for the answers under way. Milliseconds. */
  readonly lastAnswersTime: number;
  /** Suggestions are given out at instants so many seconds apart. */
  readonly linkageBatchSeconds: number;
  /** To which share of the alerts a decoy is suggested, 0 to 1. */
  readonly linkageDecoys: number;
  /** How long streams may be and how many there may be on this node. */
  readonly streams: StreamLimits;
  readonly delivery: DeliveryConfig;
  readonly picture: PictureConfig;
  /** By which the hub is to go; it does if it goes by none yet. */
  readonly terms: Terms;
}

/** When alerts come to be counted. */
export interface PictureConfig {
  /** Every so many days, at the beginning of the day (UTC); 0 for at once, never in production. */
  readonly everyDays: number;
  /** For how many seconds nothing may have arrived then, so that what belongs together is counted together. */
  readonly quietSeconds: number;
}

/** How the hub delivers to members' endpoints. */
export interface DeliveryConfig {
  /** How often one entry is tried before its stream stops. */
  readonly tries: number;
  /** How long after the first failure the second try comes, seconds; it doubles from one to the next. */
  readonly retrySeconds: number;
  /** How long connecting to an endpoint may take, and then its answer, seconds. */
  readonly answerSeconds: number;
  /** Hosts by name, and addresses as CIDR, to which it may go although they are private. */
  readonly allowed: readonly string[];
  /** Whether endpoints with plain http are taken. Never in production. */
  readonly insecure: boolean;
}

/** A configuration that cannot work; says which variable and what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the configuration. Throws `ConfigError`. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const production = environment['NODE_ENV'] === 'production';
  const port = portOf(environment['PORT'], 'PORT', 4000);
  const config: Config = {
    production,
    hubUrl: (environment['HUB_URL'] ?? `http://127.0.0.1:${port}`).replace(/\/+$/, ''),
    host: environment['HOST'] ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port,
    dataFolder: resolve(environment['DATA_FOLDER'] ?? 'data'),
    embeddedPort: portOf(environment['EMBEDDED_PORT'], 'EMBEDDED_PORT', 54329),
    databaseUrl: environment['DATABASE_URL'] ?? null,
    migratorUrl: environment['MIGRATOR_DATABASE_URL'] ?? environment['DATABASE_URL'] ?? null,
    matcherUrl: environment['MATCHER_DATABASE_URL'] ?? environment['DATABASE_URL'] ?? null,
    counterUrl: environment['COUNTER_DATABASE_URL'] ?? environment['DATABASE_URL'] ?? null,
    secretFile: environment['HUB_SECRET_FILE'] ?? null,
    sandbox: !production && environment['SANDBOX'] !== 'off',
    custodianPorts:
      environment['SANDBOX_CUSTODIANS'] === 'off' ? null : custodianPortsOf(environment['CUSTODIAN_PORTS']),
    bodyLimit: 4 * 1024 * 1024,
    logLevel: logLevelOf(environment['LOG_LEVEL'] ?? (production ? 'info' : 'warn')),
    metrics: metricsOf(environment, production),
    drainTime: 1000 * numberOf(environment, 'DRAIN_SECONDS', production ? 10 : 0, 0, 300),
    lastAnswersTime: 1000 * numberOf(environment, 'LAST_ANSWERS_SECONDS', 20, 0, 300),
    linkageBatchSeconds: numberOf(environment, 'LINKAGE_BATCH_SECONDS', production ? 86_400 : 2, 1, 7 * 86_400),
    linkageDecoys: numberOf(environment, 'LINKAGE_DECOYS', production ? 0.25 : 0, 0, 1),
    streams: {
      heartbeat: 1000 * numberOf(environment, 'STREAM_HEARTBEAT_SECONDS', 15, 0.1, 60),
      stalled: 1000 * numberOf(environment, 'STREAM_STALLED_SECONDS', 60, 0.1, 600),
      perOfficer: numberOf(environment, 'STREAMS_PER_OFFICER', 8, 1, 1e6),
      perMember: numberOf(environment, 'STREAMS_PER_MEMBER', 64, 1, 1e6),
      perNode: numberOf(environment, 'STREAMS_PER_NODE', 4_000, 1, 1e6),
    },
    delivery: {
      tries: numberOf(environment, 'PUSH_TRIES', 14, 1, 30),
      retrySeconds: numberOf(environment, 'PUSH_RETRY_SECONDS', 55, 0.01, 3_600),
      answerSeconds: numberOf(environment, 'PUSH_ANSWER_SECONDS', 10, 0.1, 60),
      allowed: listOf(environment['PUSH_ALLOWED']),
      insecure: environment['PUSH_PLAIN_HTTP'] === 'on',
    },
    picture: {
      everyDays: numberOf(environment, 'PICTURE_EVERY_DAYS', production ? 7 : 0, production ? 1 : 0, 366, 'whole'),
      quietSeconds: numberOf(environment, 'PICTURE_QUIET_SECONDS', 5, 0, 86_400),
    },
    terms: readTermsFrom(environment, 'ANSWER_DAYS', 'ERASURE_DAYS'),
  };
  if (production) assertFitForProduction(config, environment);
  return config;
}

function assertFitForProduction(config: Config, environment: NodeJS.ProcessEnv): void {
  if (environment['DEBUG'])
    throw new ConfigError(
      'DEBUG_REFUSED: DEBUG is set, by which libraries print what they handle, past the log and its allow-list: leave it out in production.',
    );
  if (environment['SANDBOX'] === 'on') throw new ConfigError('SANDBOX=on is refused in production: leave it out.');
  if (config.delivery.insecure)
    throw new ConfigError('PUSH_PLAIN_HTTP=on is refused in production: members are delivered to by https.');
  if (!config.databaseUrl)
    throw new ConfigError('DATABASE_URL is missing: production needs a PostgreSQL of its own (15 or later).');
  if (!environment['MATCHER_DATABASE_URL'])
    throw new ConfigError(
      'MATCHER_DATABASE_URL is missing: the same database as a member of symbolon_matcher, so that whoever serves members can read no token (docker/roles.sql).',
    );
  if (!environment['COUNTER_DATABASE_URL'])
    throw new ConfigError(
      'COUNTER_DATABASE_URL is missing: the same database as a member of symbolon_counter, so that whoever serves members can count nothing that is not to be shown (docker/roles.sql).',
    );
  if (!config.secretFile)
    throw new ConfigError(
      'HUB_SECRET_FILE is missing: name the JSON file with the hub’s keys (README, “Running it in production”).',
    );
  if (!environment['HUB_URL'])
    throw new ConfigError('HUB_URL is missing: the https address by which members reach the hub.');
  if (!config.hubUrl.startsWith('https://')) throw new ConfigError('HUB_URL must begin with https:// in production.');
}

/** Reads terms from two entries, named as whoever gave them knows them. Throws `ConfigError`. */
export function readTermsFrom(given: NodeJS.ProcessEnv, answer: string, erasure: string): Terms {
  const terms = {
    answerDays: numberOf(given, answer, 14, 1, 365, 'whole'),
    erasureDays: numberOf(given, erasure, 30, 1, 365, 'whole'),
  };
  if (terms.erasureDays >= terms.answerDays) return terms;
  throw new ConfigError(
    `${erasure} is less than ${answer}: content has to stay until recipients had to answer for it.`,
  );
}

function listOf(text = ''): readonly string[] {
  const list = text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (list.every((one) => /^[a-z0-9.:-]+(\/\d{1,3})?$/.test(one))) return list;
  throw new ConfigError(
    'PUSH_ALLOWED takes host names and CIDRs with commas between them, such as relay.internal,10.1.0.0/16.',
  );
}

function logLevelOf(text: string): Config['logLevel'] {
  const level = (['error', 'warn', 'info', 'debug'] as const).find((one) => one === text);
  if (!level) throw new ConfigError('LOG_LEVEL is one of error, warn, info and debug.');
  return level;
}

/** Loopback unless told otherwise: the measurements name no member, and say all the same how busy a hub is. */
function metricsOf(environment: NodeJS.ProcessEnv, production: boolean): Config['metrics'] {
  const text = environment['METRICS_PORT'] ?? (production ? '9464' : 'off');
  if (text === 'off') return null;
  return { host: environment['METRICS_HOST'] ?? '127.0.0.1', port: portOf(text, 'METRICS_PORT', 0) };
}

function custodianPortsOf(text = '4101,4102,4103'): readonly number[] {
  const ports = text.split(',').map((port) => portOf(port.trim(), 'CUSTODIAN_PORTS', 0));
  if (ports.length !== 3 || new Set(ports).size !== 3 || ports.includes(0))
    throw new ConfigError('CUSTODIAN_PORTS takes three different ports, such as 4101,4102,4103.');
  return ports;
}

function numberOf(
  environment: NodeJS.ProcessEnv,
  name: string,
  fallback: number,
  least: number,
  most: number,
  kind: 'any' | 'whole' = 'any',
): number {
  const text = environment[name];
  const number = text === undefined ? fallback : Number(text);
  if (text?.trim() === '' || !(number >= least && number <= most) || (kind === 'whole' && !Number.isInteger(number)))
    throw new ConfigError(`${name} is not a ${kind === 'whole' ? 'whole ' : ''}number from ${least} to ${most}.`);
  return number;
}

function portOf(text: string | undefined, name: string, fallback: number): number {
  if (text === undefined) return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new ConfigError(`${name} is not a port number (0–65535).`);
  return port;
}
