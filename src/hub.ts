import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import type { Config } from './config.js';
import { appDataSource, assertBoundByRowSecurity, matcherDataSource, migrate } from './database/index.js';
import { readHubSecrets } from './hub-secrets.js';
import type { HubIdentity } from './identity/index.js';
import { TokenService } from './membership/index.js';

/** A hub that answers. */
export interface RunningHub {
  readonly app: NestExpressApplication;
  readonly identity: HubIdentity;
  readonly source: DataSource;
  /** Where it listens. */
  readonly url: string;
  /** Ends running requests, then the connections to the database. */
  close(): Promise<void>;
}

/** Brings a hub up over a database that is there: migrations, keys, capabilities, HTTP. */
export async function startHub(
  config: Config,
  database: { readonly url: string; readonly migratorUrl: string; readonly matcherUrl: string },
): Promise<RunningHub> {
  await migrate(database.migratorUrl);
  const source = appDataSource(database.url);
  const matcherSource = matcherDataSource(database.matcherUrl);
  try {
    await Promise.all([source.initialize(), matcherSource.initialize()]);
    if (config.production) await assertBoundByRowSecurity(source);
    const { signingKey, cursorSecret, linkageSecret } = await readHubSecrets(config);
    const secrets = { signingKey, cursorSecret, linkageSecret };
    const identity: HubIdentity = { audience: config.hubUrl, hubUrl: config.hubUrl, ...secrets };
    const { linkageBatchSeconds: batchSeconds, linkageDecoys: decoys } = config;
    const matching = { source: matcherSource, batchSeconds, decoys };
    const app = await NestFactory.create<NestExpressApplication>(
      AppModule.with(source, identity, matching, config.delivery),
      {
        logger: config.verbose ? ['error', 'warn', 'log', 'debug', 'verbose'] : ['error', 'warn'],
        bodyParser: false,
        forceCloseConnections: true,
        abortOnError: false,
      },
    );
    app.disable('x-powered-by');
    app.disable('etag'); // nothing that the hub says is to be stored
    app.set('trust proxy', config.production ? 1 : false);
    app.use(hardened);
    app.use('/oauth', app.get(TokenService).provider.callback());
    app.useBodyParser('json', { limit: config.bodyLimit, strict: true, type: ['application/json'] });
    await app.listen(config.port, config.host);
    return { app, identity, source, url: config.hubUrl, close: () => app.close() };
  } catch (error) {
    for (const opened of [source, matcherSource]) if (opened.isInitialized) await opened.destroy();
    throw error;
  }
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
