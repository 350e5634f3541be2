import { request as httpRequest, type IncomingMessage } from 'node:http';
import { signRaised } from '../../src/member/index.js';
import { type Followed, followInboxLive, type FollowOptions } from '../../src/member/live-inbox.js';
import { INBOX_LIVE, type LiveMessage } from '../../src/member/documents/inbox-live.js';
import { readEvents } from '../../src/member/event-stream.js';
import { type ProofKey, proofKey, proofOf, tokenFor } from '../support/raw-token.js';
import type { TestHub } from '../support/hub.js';
import type { MemberClient, OfficerSeat } from '../../src/member/index.js';
import { caseContent } from '../support/organisation.js';

export const STREAM = '/graphql/stream';

/** A request for a stream that was let through or not, with its body still to come. */
export interface RawStream {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: IncomingMessage;
  /** The messages as they come; ends when the hub completes the stream. */
  messages(): AsyncGenerator<LiveMessage | { readonly errors: readonly { extensions: { code: string } }[] }>;
  /** Everything, when it is no stream. */
  text(): Promise<string>;
  /** Cuts the connection. */
  cut(): void;
}

/** An officer with one token that is not renewed, who opens streams by hand. */
export class RawReader {
  private constructor(
    private readonly hub: TestHub,
    private readonly key: ProofKey,
    readonly token: string,
  ) {}

  static async of(hub: TestHub, seat: OfficerSeat): Promise<RawReader> {
    const key = await proofKey();
    return new RawReader(hub, key, await tokenFor(hub, seat, key));
  }

  async open(
    variables: Readonly<Record<string, unknown>> = {},
    change: { query?: string; method?: string; path?: string; headers?: Readonly<Record<string, string | undefined>> } = {},
  ): Promise<RawStream> {
    const dpop = await proofOf(this.hub, this.key, STREAM, this.token);
    const headers = { authorization: `DPoP ${this.token}`, dpop, ...change.headers };
    return openRaw(this.hub, headers, variables, change);
  }
}

/** Opens a stream with these headers beside those that every stream has. A header that is undefined is not sent. */
export async function openRaw(
  hub: TestHub,
  given: Readonly<Record<string, string | undefined>>,
  variables: Readonly<Record<string, unknown>> = {},
  { query = INBOX_LIVE, method = 'POST', path = STREAM }: { query?: string; method?: string; path?: string } = {},
): Promise<RawStream> {
  const all = { 'content-type': 'application/json', accept: 'text/event-stream', ...given };
  const headers = Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  const { hostname, port } = new URL(hub.url);
  const sent = httpRequest({ hostname, port, path, method, headers, agent: false, highWaterMark: 1024 } as object);
  const body = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
    sent.end(method === 'GET' ? undefined : JSON.stringify({ query, variables }));
  });
  sent.on('error', () => undefined);
  body.on('error', () => undefined);
  return {
    ...{ status: body.statusCode ?? 0, headers: body.headers, body },
    async *messages() {
      for await (const { event, data } of readEvents(body as AsyncIterable<Uint8Array>, () => undefined)) {
        if (event === 'complete') return;
        const { data: told, errors } = JSON.parse(data) as { data?: { inbox: LiveMessage }; errors?: never }; // parsing
        yield errors ? { errors } : (told?.inbox as LiveMessage);
      }
    },
    async text() {
      let text = '';
      for await (const chunk of body) text += String(chunk);
      return text;
    },
    cut: () => sent.destroy(),
  };
}

/** Reads messages until one is as wanted; all that came. */
export async function readUntil<T>(messages: AsyncIterator<T>, isLast: (message: T) => boolean): Promise<T[]> {
  const read: T[] = [];
  for (;;) {
    const { done, value } = await messages.next();
    if (done) throw new Error(`the stream ended after ${JSON.stringify(read).slice(-600)}`);
    read.push(value);
    if (isLast(value)) return read;
  }
}

/** The first messages of a followed inbox, up to so many entries. */
export async function followed(
  client: MemberClient,
  entries: number,
  options: FollowOptions & { readonly onEntry?: (count: number) => void } = {},
): Promise<Followed[]> {
  const ending = new AbortController();
  const all: Followed[] = [];
  let count = 0;
  for await (const message of followInboxLive(client, { pause: 50, ...options, signal: ending.signal })) {
    all.push(message);
    if (message.__typename !== 'InboxEdge') continue;
    options.onEntry?.(++count);
    if (count === entries) ending.abort();
  }
  return all;
}

/** Raises alerts to everyone, one after the other; their ids in that order. */
export async function raiseMany(client: MemberClient, count: number): Promise<string[]> {
  const { seat, audience } = client;
  const content = caseContent({
    handling: { purposes: ['protection'], audience: { everyone: true }, code: 'H0' },
  });
  const statements = await Promise.all(Array.from({ length: count }, () => signRaised(content, { seat, audience })));
  const { results } = (await client.raiseMany(statements)) as unknown as { results: { alertId: string }[] };
  return results.map(({ alertId }) => alertId);
}
