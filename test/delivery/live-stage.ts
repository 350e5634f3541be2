import { request as httpRequest, type IncomingMessage } from 'node:http';
import { isTransient, signRaised } from '../../src/member/index.js';
import { type Followed, followInboxLive, type FollowOptions } from '../../src/member/live-inbox.js';
import { INBOX_LIVE, type LiveEdge, type LiveMessage } from '../../src/member/documents/inbox-live.js';
import { readEvents } from '../../src/member/event-stream.js';
import { type ProofKey, proofKey, proofOf, tokenFor } from '../support/raw-token.js';
import type { TestHub } from '../support/hub.js';
import type { MemberClient, OfficerSeat } from '../../src/member/index.js';
import type { AlertContent } from '../../src/protocol/index.js';
import { caseContent } from '../support/organisation.js';

export const STREAM = '/graphql/stream';

/** A request for a stream that was let through or not, with its body still to come. */
export interface RawStream {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: IncomingMessage;
  /** The messages as they come; ends when the hub completes the stream. */
  messages(): AsyncGenerator<Message>;
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

  /** The same reader with another token for its key. */
  with(token: string): RawReader {
    return new RawReader(this.hub, this.key, token);
  }

  static async of(hub: TestHub, seat: OfficerSeat): Promise<RawReader> {
    const key = await proofKey();
    return new RawReader(hub, key, await tokenFor(hub, seat, key));
  }

  async open(
    variables: Readonly<Record<string, unknown>> = {},
    change: {
      query?: string;
      method?: string;
      path?: string;
      headers?: Readonly<Record<string, string | undefined>>;
    } = {},
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
  const sent = httpRequest({ hostname, port, path, method, headers, agent: false });
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
        const { data: told, errors } = JSON.parse(data) as {
          data?: { inbox: LiveMessage };
          errors?: { extensions: { code: string } }[];
        }; // parsing
        if (errors) yield { errors };
        else if (told) yield told.inbox;
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

/** What comes of a stream: a message, or what went wrong. */
export type Message = LiveMessage | { readonly errors: readonly { extensions: { code: string } }[] };

/** Reads messages until one is as wanted; all that came. */
export async function readUntil(
  messages: AsyncIterator<Message>,
  isLast: (message: Message) => boolean,
): Promise<Message[]> {
  const read: Message[] = [];
  for (;;) {
    const { done, value } = (await messages.next()) as IteratorResult<Message, undefined>;
    if (done) throw new Error(`the stream ended after ${JSON.stringify(read).slice(-600)}`);
    read.push(value);
    if (isLast(value)) return read;
  }
}

/** Reads until so many entries have come. */
export function readEdges(messages: AsyncIterator<Message>, count: number): Promise<Message[]> {
  let left = count;
  return readUntil(messages, (message) => isEdge(message) && --left === 0);
}

/** Reads to the end: the last message, and all. */
export async function endOf(messages: AsyncIterable<Message>): Promise<{ end: Message | undefined; all: Message[] }> {
  const all: Message[] = [];
  for await (const message of messages) all.push(message);
  return { end: all.at(-1), all };
}

export function isHeartbeat(message: Message | undefined): boolean {
  return message !== undefined && '__typename' in message && message.__typename === 'InboxHeartbeat';
}

function isEdge(message: Message): message is LiveEdge {
  return '__typename' in message && message.__typename === 'InboxEdge';
}

/** The entries among messages. */
export function edgesOf(messages: readonly Message[]): LiveEdge[] {
  return messages.filter(isEdge);
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

/** Raises alerts, one after the other; their ids in that order. */
export async function raiseMany(
  client: MemberClient,
  count: number,
  audience: AlertContent['handling']['audience'] = { everyone: true },
): Promise<string[]> {
  const content = caseContent({
    handling: { purposes: ['protection'], audience, code: 'H0' },
  });
  const statements = await Promise.all(
    Array.from({ length: count }, () => signRaised(content, { seat: client.seat, audience: client.audience })),
  );
  const { results } = await sent(client, statements);
  return results.map((result) => {
    if (result.__typename === 'Refused') throw new Error(`not accepted: ${result.code}`);
    return result.alertId;
  });
}

/** Sends statements until they have an answer, as a member does whose line breaks: what was accepted already is not stored twice. */
async function sent(client: MemberClient, statements: readonly string[]): ReturnType<MemberClient['raiseMany']> {
  for (;;) {
    try {
      return await client.raiseMany(statements);
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
  }
}
