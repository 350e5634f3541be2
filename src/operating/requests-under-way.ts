import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { CORRELATION_HEADER, correlationIdOf } from '../graphql/index.js';
import type { Draining } from './draining.js';
import type { HubLogger } from './hub-logger.js';
import { METHODS, OTHER_METHOD, OTHER_ROUTE, ROUTES } from './log-fields.js';

/** Routes below which there are others of the same kind. */
const FOLDERS: readonly string[] = ['/ontology', '/publications'];

/** What is known of a request that was answered. Nothing of it was chosen by the client. */
export interface Answered {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** Sees every request come and go: names it, logs and counts it, and lets those under way end before the node goes. */
export class RequestsUnderWay {
  private readonly responses = new Set<ServerResponse>();

  constructor(
    private readonly log: HubLogger,
    private readonly draining: Draining,
    private readonly answered: (request: Answered) => void,
  ) {}

  /** The outermost middleware. */
  readonly watch = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const begun = performance.now();
    const correlationId = correlationIdOf(request);
    response.setHeader(CORRELATION_HEADER, correlationId);
    if (this.draining.isDraining) response.shouldKeepAlive = false;
    const [method, route] = [methodOf(request.method), routeOf(request.url)]; // before others rewrite the address
    this.responses.add(response);
    response.once('close', () => {
      this.responses.delete(response);
      const [status, milliseconds] = [response.statusCode, Math.round((performance.now() - begun) * 10) / 10];
      this.answered({ method, route, status, seconds: milliseconds / 1000 });
      this.log.log({ event: 'REQUEST', correlationId, method, route, status, milliseconds });
    });
    next();
  };

  /** Takes no new connections, waits for the answers under way, at most `patience` milliseconds, and cuts off what is left; how many those were. */
  async endWithin(server: Server, patience: number): Promise<number> {
    for (const response of this.responses) response.shouldKeepAlive = false;
    let cutOff = 0;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        cutOff = this.responses.size;
        server.closeAllConnections();
      }, patience);
      server.close(() => {
        clearTimeout(timer);
        resolve();
      });
      server.closeIdleConnections();
    });
    return cutOff;
  }
}

function methodOf(method: string | undefined): string {
  return METHODS.find((one) => one === method) ?? OTHER_METHOD;
}

function routeOf(url = ''): string {
  const path = url.split('?', 1)[0];
  return ROUTES.find((one) => path === one || (FOLDERS.includes(one) && path?.startsWith(`${one}/`))) ?? OTHER_ROUTE;
}
