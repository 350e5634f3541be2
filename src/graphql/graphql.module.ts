import { readdirSync, readFileSync } from 'node:fs';
import { HeaderMap } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { Request } from 'express';
import { GraphQLError } from 'graphql';
import { AccessGuard } from './access.guard.js';
import { Authentication } from './authentication.js';
import type { GraphqlContext } from './context.js';
import { cameUpIn, correlatedErrors, correlationIdOf } from './correlation.js';
import { DEMAND_RULES, demandControl, LIMITS } from './demand-control.js';
import { AccessError } from './errors.js';
import { formatError } from './error-formatter.js';
import { GraphqlExceptionFilter } from './exception-filter.js';
import type { Principal } from './principal.js';
import { heldAnswers } from './held-answers.js';
import type { StreamLimits } from './live-stream.js';
import { SCALARS } from './scalars.js';
import { serverLogger } from './server-logger.js';
import { STREAM_LIMITS, StreamDoor } from './stream-door.js';
import { CHALLENGE } from './stream-refusal.js';

const SCHEMA_FOLDER = new URL('../../schema/graphql/', import.meta.url);

/**
 * The whole contract as one text, in plain ASCII on purpose: the engine keeps the names of fields in the width of the text they first stood in, every answer
 * is made of these names, and a wide answer of 100 kB takes a millisecond longer to send. A test keeps the files so.
 */
function sdl(): string {
  const files = readdirSync(SCHEMA_FOLDER).filter((name) => name.endsWith('.graphql'));
  return files.map((name) => readFileSync(new URL(name, SCHEMA_FOLDER), 'utf8')).join('\n');
}

@Module({})
export class GraphqlModule {
  /** `authenticationModule` provides `Authentication`. */
  static with(authenticationModule: Type, streams: StreamLimits): DynamicModule {
    return {
      module: GraphqlModule,
      providers: [
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: GraphqlExceptionFilter },
        { provide: STREAM_LIMITS, useValue: streams },
        StreamDoor,
      ],
      imports: [
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: ApolloDriver,
          imports: [authenticationModule],
          inject: [Authentication],
          useFactory: (authentication: Authentication): Omit<ApolloDriverConfig, 'driver'> => ({
            path: '/graphql',
            typeDefs: sdl(),
            resolvers: SCALARS,
            introspection: true, // for officers; `demandControl` refuses strangers
            hideSchemaDetailsFromClientErrors: true,
            includeStacktraceInErrorResponses: false,
            csrfPrevention: true,
            allowBatchedHttpRequests: false,
            stringifyResult: (result) => JSON.stringify(result),
            graphiql: false,
            playground: false,
            parseOptions: { maxTokens: LIMITS.tokens },
            validationRules: DEMAND_RULES,
            plugins: [correlatedErrors(), demandControl(), heldAnswers(), ApolloServerPluginCacheControlDisabled()],
            context: async ({ req }: { req: Request }): Promise<GraphqlContext> => ({
              principal: await authenticated(authentication, req),
              correlationId: correlationIdOf(req),
              held: [],
            }),
            formatError,
            logger: serverLogger,
          }),
        }),
      ],
    };
  }
}

/** A token that does not hold fails the whole request, also where none would have been needed (RFC 9449 §7.1). */
async function authenticated(authentication: Authentication, request: Request): Promise<Principal | null> {
  const { method, originalUrl, headers } = request;
  try {
    return await authentication.authenticate({ method, path: originalUrl, headers });
  } catch (error) {
    if (!(error instanceof AccessError)) {
      cameUpIn(correlationIdOf(request), error);
      throw error;
    }
    const challenge = new HeaderMap([['www-authenticate', CHALLENGE]]);
    throw new GraphQLError(error.message, {
      extensions: { code: error.code, http: { status: 401, headers: challenge } },
    });
  }
}
