import { once } from 'node:events';
import { Inject, Injectable } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { Request, Response } from 'express';
import { type ExecutionArgs, GraphQLError, subscribe } from 'graphql';
import { createHandler, print } from 'graphql-sse';
import { Authentication } from './authentication.js';
import type { GraphqlContext } from './context.js';
import { correlationIdOf } from './correlation.js';
import { AccessError } from './errors.js';
import { LiveStream, type StreamLimits } from './live-stream.js';
import { Outflow } from './outflow.js';
import { assertStreamRequest, RequestFault } from './stream-request.js';
import { StreamPlaces } from './stream-places.js';
import { formatted, refuse, withFormattedErrors } from './stream-refusal.js';
import { readSubscription } from './subscription-document.js';

/** The injection token of `StreamLimits`. */
export const STREAM_LIMITS = Symbol('STREAM_LIMITS');

/** How long a reader may take over the last message, once there is nothing more for it, milliseconds. */
const GOODBYE = 2_000;

/** What goes with a request through the library. */
interface Passage {
  readonly context: GraphqlContext & { readonly stream: LiveStream };
  readonly outflow: Outflow;
}

/**
 * Where subscriptions come in: GraphQL over server-sent events, one connection each. Who may is found out as for queries, and documents are held to the same
 * rules; the library runs them, and what it gives is written no faster than it is read.
 */
@Injectable()
export class StreamDoor {
  private readonly places: StreamPlaces;
  private readonly run = createHandler<Request, Passage, Record<PropertyKey, unknown>>({
    authenticate: () => null, // a connection is for one subscription
    validate: () => [], // `readSubscription` has
    subscribe: beginOrRefuse,
    onSubscribe: (request, params) => ({
      ...readSubscription(this.schemaHost.schema, params),
      contextValue: { ...request.context.context },
    }),
    onNext: async (_, { context: { context, outflow } }, result) => {
      await outflow.ready();
      await Promise.all(context.held.splice(0));
      return withFormattedErrors(result, context.correlationId);
    },
  });

  constructor(
    private readonly schemaHost: GraphQLSchemaHost,
    private readonly authentication: Authentication,
    @Inject(STREAM_LIMITS) private readonly limits: StreamLimits,
  ) {
    this.places = new StreamPlaces(limits);
  }

  /** Answers a request at the address of the stream; its body was parsed. */
  readonly handle = async (request: Request, response: Response): Promise<void> => {
    const correlationId = correlationIdOf(request);
    try {
      assertStreamRequest(request);
      const stream = await this.admit(request);
      await this.answer(request, response, { principal: stream.asker, correlationId, held: [], stream });
    } catch (error) {
      refuse(response, error, correlationId);
    }
  };

  /** Tells every reader that this node is going away, and lets nobody in any more; resolves when they are gone. */
  async endAll(): Promise<void> {
    const streams = this.places.close();
    const gone = streams.map(async ({ gone }) => {
      if (!gone.aborted) await once(gone, 'abort');
    });
    for (const stream of streams) stream.end();
    await Promise.all(gone);
  }

  private async admit(request: Request): Promise<LiveStream> {
    const { method, originalUrl: path, headers } = request;
    const asker = await this.authentication.authenticate({ method, path, headers });
    if (!asker) throw new AccessError('UNAUTHENTICATED');
    this.places.assertRoom(asker);
    const stream = new LiveStream(asker, this.limits, (one) => this.authentication.standing(one));
    this.places.add(stream);
    return stream;
  }

  private async answer(request: Request, response: Response, context: Passage['context']): Promise<void> {
    const { stream } = context;
    const leave = (): void => {
      this.places.remove(stream);
      stream.cut();
    };
    response.once('close', leave).on('error', leave); // an error that nobody hears would end the process
    if (response.closed) leave();
    const lastMoment = setTimeout(() => response.destroy(), Math.max(0, stream.left) + GOODBYE);
    stream.ending.addEventListener('abort', () => setTimeout(() => response.destroy(), GOODBYE).unref());
    try {
      const outflow = new Outflow(response, stream.gone, this.limits.stalled);
      await this.pour(request, response, { context, outflow });
    } finally {
      clearTimeout(lastMoment);
      leave();
    }
  }

  private async pour(request: Request, response: Response, passage: Passage): Promise<void> {
    const { method, originalUrl: url, headers } = request;
    const given = request.body as Record<string, unknown>; // parsing: the middleware before this one read it
    const [body, { status }] = await this.run({
      ...{ method, url, raw: request, context: passage },
      headers: { get: (name) => headers[name]?.toString() },
      body: given,
    });
    if (typeof body === 'string' || body === null) throw new RequestFault(status);
    const end = (): void => void body.return(undefined);
    passage.context.stream.gone.addEventListener('abort', end);
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no', // proxies would gather what is small
    });
    try {
      await passage.outflow.pour(body);
    } catch (error) {
      if (response.destroyed) return;
      const failed = { errors: [formatted(error, passage.context.correlationId)] };
      response.write(print<false, 'next'>({ event: 'next', data: failed as never }));
      response.write(print<false, 'complete'>({ event: 'complete', data: null }));
    }
    response.end();
    if (!response.closed) await new Promise((resolve) => response.once('close', resolve));
  }
}

/** Runs a subscription; what is thrown before it has begun is its only result. An error that has a path of its own the engine throws on as it is. */
async function beginOrRefuse(args: ExecutionArgs): ReturnType<typeof subscribe> {
  try {
    return await subscribe(args);
  } catch (error) {
    const originalError = error instanceof Error ? error : null;
    return { errors: [new GraphQLError('', { path: [], originalError })] };
  }
}
