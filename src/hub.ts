import type { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { BackgroundWork } from './background/index.js';
import type { Config } from './config.js';
import {
  appDataSource,
  assertBoundByRowSecurity,
  counterDataSource,
  matcherDataSource,
  migrate,
  poolOf,
} from './database/index.js';
import { correlationIdOf, StreamDoor, whereabouts } from './graphql/index.js';
import { PollService } from './delivery/index.js';
import { CustodianRegister } from './epochs/index.js';
import { readIdentity } from './hub-secrets.js';
import type { HubIdentity } from './identity/index.js';
import { TokenService } from './membership/index.js';
import {
  assertAgreedTerms,
  assertNotOfAnotherHub,
  Closure,
  consoleFiles,
  Draining,
  HubLogger,
  Metrics,
  RequestsUnderWay,
  serveMetrics,
} from './operating/index.js';
import { seatsOnOffer } from './sandbox/index.js';

/** How long a connection may be idle, milliseconds: longer than proxies keep theirs (mostly 60 seconds), or one would now and then ask over one that ends. */
const IDLE_CONNECTION = 65_000;
/** How long the connections to the database may take to end, milliseconds. */
const GOODBYE = 5_000;

/** A hub that answers. */
export interface RunningHub {
  readonly app: NestExpressApplication;
  readonly identity: HubIdentity;
  readonly source: DataSource;
  /** Where it listens. */
  readonly url: string;
  /** Says at once that this node is not ready, and goes on answering. */
  drain(): void;
  /** Drains, waits for the answers under way, then ends the connections to the database. */
  close(): Promise<void>;
}

/** One database, as its roles. */
export interface DatabaseUrls {
  readonly url: string;
  readonly migratorUrl: string;
  readonly matcherUrl: string;
  readonly counterUrl: string;
}

/** Brings a hub up over a database that is there: keys, migrations, terms, capabilities, HTTP, and what it does by itself. Throws `ConfigError`, `StartFault`. */
export async function startHub(config: Config, database: DatabaseUrls): Promise<RunningHub> {
  const identity = await readIdentity(config);
  await assertNotOfAnotherHub(database.migratorUrl, identity);
  await migrate(database.migratorUrl);
  const source = appDataSource(database.url);
  const matcherSource = matcherDataSource(database.matcherUrl);
  const counterSource = counterDataSource(database.counterUrl);
  const sources = [source, matcherSource, counterSource];
  const log = new HubLogger(config.logLevel);
  let app: NestExpressApplication | undefined;
  try {
    await Promise.all(sources.map((one) => one.initialize()));
    for (const opened of sources) reportLostConnections(opened, log);
    if (config.production) await assertBoundByRowSecurity(source);
    const { linkageBatchSeconds: batchSeconds, linkageDecoys: decoys } = config;
    await assertAgreedTerms(database.migratorUrl, config.terms);
    const module = AppModule.with(source, identity, {
      matching: { source: matcherSource, batchSeconds, decoys },
      picture: { source: counterSource, ...config.picture },
      streams: config.streams,
      delivery: config.delivery,
    });
    app = await NestFactory.create<NestExpressApplication>(module, {
      ...{ logger: log, bodyParser: false, abortOnError: false },
    });
    const [draining, metrics, streams] = [app.get(Draining), app.get(Metrics), app.get(StreamDoor)];
    const [closure, background] = [app.get(Closure), app.get(BackgroundWork)];
    const [polls, register] = [app.get(PollService), app.get(CustodianRegister)];
    draining.onEnd(() => {
      polls.endWaiting();
      return streams.endAll();
    });
    metrics.watchPools({ app: poolOf(source), matcher: poolOf(matcherSource), counter: poolOf(counterSource) });
    const requests = new RequestsUnderWay(log, draining, (answered) => {
      metrics.countRequest(answered);
    });
    app.disable('x-powered-by');
    app.disable('etag'); // nothing that the hub says is to be stored
    app.set('trust proxy', config.production ? 1 : false);
    app.use(requests.watch);
    app.use(hardened);
    app.use(closure.refuse);
    app.use('/oauth', tokenEndpoint(app.get(TokenService), log));
    if (config.sandbox) app.use('/console/sandbox', seatsOnOffer(app, join(config.dataFolder, 'sandbox')));
    app.use(
      '/console',
      consoleFiles(config.hubUrl, () => addressesOf(register)),
    );
    app.useBodyParser('json', { limit: config.bodyLimit, strict: true, type: ['application/json'] });
    app.use('/graphql/stream', streams.handle); // before queries, whose address begins alike
    await app.init();
    await closure.openWith(() => background.begin());
    app.getHttpServer().keepAliveTimeout = IDLE_CONNECTION;
    await app.listen(config.port, config.host);
    const measured = config.metrics && (await serveMetrics(metrics, config.metrics.port, config.metrics.host));
    return {
      ...{ app, identity, source, url: config.hubUrl },
      drain: () => {
        draining.begin();
      },
      close: goingAway({ app, config, log, draining, requests, measured }),
    };
  } catch (error) {
    await app?.close();
    for (const opened of sources) if (opened.isInitialized) await opened.destroy();
    throw error;
  }
}

/** Where the custodians answer, whom the console asks by itself. */
async function addressesOf(register: CustodianRegister): Promise<readonly string[]> {
  return (await register.all()).map(({ url }) => url);
}

/** How a hub goes away without cutting anybody off. */
function goingAway(parts: {
  readonly app: NestExpressApplication;
  readonly config: Config;
  readonly log: HubLogger;
  readonly draining: Draining;
  readonly requests: RequestsUnderWay;
  readonly measured: Server | null;
}): () => Promise<void> {
  const { app, config, log, draining, requests, measured } = parts;
  return async () => {
    draining.begin();
    log.log({ event: 'DRAINING' });
    if (config.drainTime > 0) await setTimeout(config.drainTime);
    await draining.endLongLived();
    const cutOff = await requests.endWithin(app.getHttpServer(), config.lastAnswersTime);
    if (cutOff > 0) log.warn({ event: 'CUT_OFF', count: cutOff });
    measured?.closeAllConnections();
    measured?.close();
    await withinGoodbye(app.close());
    log.log({ event: 'DRAINED' });
  };
}

/** A database that is cut off, or whose statement hangs, keeps no node from going: the connections end with the process. */
async function withinGoodbye(closed: Promise<void>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([closed, setTimeout(GOODBYE, undefined, { signal: timer.signal }).catch(() => undefined)]);
  timer.abort();
}

/** What fails in the token service its framework writes to the console in full, unless somebody listens; messages of the database quote values. */
function tokenEndpoint({ provider }: TokenService, log: HubLogger): ReturnType<TokenService['provider']['callback']> {
  provider.on('server_error', (context, error) => {
    log.error({ correlationId: correlationIdOf(context.req), ...whereabouts(error) }, 'token');
  });
  const emitter: EventEmitter = provider;
  emitter.on('error', (error: unknown) => {
    log.error(whereabouts(error), 'token');
  });
  return provider.callback();
}

/** A connection that ends while nobody uses it fails no request, and is worth knowing of. */
function reportLostConnections(source: DataSource, log: HubLogger): void {
  poolOf(source).on('error', (error) => {
    log.warn({ event: 'CONNECTION_LOST', ...whereabouts(error) });
  });
}

/** What every answer says to browsers and caches. */
function hardened(
  _request: unknown,
  response: { setHeader(name: string, value: string): void },
  next: () => void,
): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cache-Control', 'no-store');
  next();
}
