import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { decodeStatement } from '../../src/protocol/index.js';

/** What a receiver does with one request. */
export type Behaviour =
  | {
      readonly does: 'answer';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly does: 'hang' }
  | { readonly does: 'close' }
  | { readonly does: 'answer late'; readonly status: number; readonly after: Promise<unknown> };

/** Takes the entry in (RFC 8935 §2.2). */
export const ACCEPT: Behaviour = { does: 'answer', status: 202 };

/** Refuses the entry with an error code. */
export function refuse(err: string): Behaviour {
  return { does: 'answer', status: 400, body: JSON.stringify({ err, description: 'no' }) };
}

export function status(code: number, body = '', headers: Readonly<Record<string, string>> = {}): Behaviour {
  return { does: 'answer', status: code, body, headers };
}

/** A request as it came. */
export interface Came {
  readonly jti: string;
  readonly set: string;
  readonly headers: IncomingMessage['headers'];
  readonly behaviour: Behaviour;
}

/** A member's endpoint that behaves as it is told, request by request. */
export class SetReceiver {
  /** All that came, in order. */
  readonly came: Came[] = [];
  /** What is done with the next request; by its number, from 0 on. */
  behave: (number: number, jti: string) => Behaviour = () => ACCEPT;
  /** How many requests are open at once, at most, so far. */
  mostAtOnce = 0;
  private open = 0;
  private readonly waiting = new Set<() => void>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private readonly scheme: 'http' | 'https',
  ) {}

  static async start(tls?: { readonly key: string; readonly cert: string }): Promise<SetReceiver> {
    const listen = (request: IncomingMessage, response: ServerResponse): void => void receiver.take(request, response);
    const server = tls ? createSecureServer(tls, listen) : createServer(listen);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const receiver: SetReceiver = new SetReceiver(server, port, tls ? 'https' : 'http');
    return receiver;
  }

  get url(): string {
    return `${this.scheme}://127.0.0.1:${this.port}/sets`;
  }

  /** The `jti` of what was taken in, in order. */
  get accepted(): readonly string[] {
    return this.came
      .filter(({ behaviour }) => behaviour.does === 'answer' && behaviour.status === 202)
      .map(({ jti }) => jti);
  }

  /** Resolves when what came satisfies the condition. */
  async until(condition: (receiver: this) => boolean): Promise<void> {
    while (!condition(this)) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.open++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.open);
    response.on('close', () => this.open--);
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const set = Buffer.concat(parts).toString('utf8');
    const { jti } = decodeStatement(set).claims;
    if (typeof jti !== 'string') throw new Error('a SET without jti');
    const behaviour = this.behave(this.came.length, jti);
    this.came.push({ jti, set, headers: request.headers, behaviour });
    this.act(behaviour, response);
    for (const tell of this.waiting) tell();
    this.waiting.clear();
  }

  private act(behaviour: Behaviour, response: ServerResponse): void {
    if (behaviour.does === 'hang') return;
    if (behaviour.does === 'close') response.socket?.destroy();
    else if (behaviour.does === 'answer late')
      void behaviour.after.then(() => response.writeHead(behaviour.status).end());
    else response.writeHead(behaviour.status, { ...behaviour.headers }).end(behaviour.body);
  }
}
