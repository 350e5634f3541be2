import { PushQueue } from '../../src/delivery/index.js';
import { asOwner } from '../support/database.js';
import { testHub, type SharedByNodes } from '../support/hub.js';
import { answered, InboxStage, type Reader } from './inbox-stage.js';

/** What makes retries fast and lets receivers listen on this machine. */
export const PUSH_ENVIRONMENT = {
  ...{ PUSH_ALLOWED: '127.0.0.0/8,receiver.test', PUSH_PLAIN_HTTP: 'on', PUSH_RETRY_SECONDS: '0.01', PUSH_TRIES: '30' },
};

export const STREAM_FIELDS =
  'endpoint hasAuthorization officer state stoppedFor pushedUpTo pending tries lastError lastErrorAt nextTryAt';

/** `PushStream` as it comes over the wire. */
export interface StreamAnswer {
  readonly endpoint: string;
  readonly hasAuthorization: boolean;
  readonly officer: string;
  readonly state: string;
  readonly stoppedFor: string | null;
  readonly pushedUpTo: number;
  readonly pending: number;
  readonly tries: number;
  readonly lastError: string | null;
}

/** A stage whose members have their inboxes pushed. */
export class PushStage {
  private constructor(readonly inbox: InboxStage) {}

  static async set(
    environment: Readonly<Record<string, string>> = {},
    shared: Partial<SharedByNodes> = {},
  ): Promise<PushStage> {
    const hub = await testHub({ ...shared, environment: { ...PUSH_ENVIRONMENT, ...environment } });
    return new PushStage(await InboxStage.on(hub));
  }

  get hub() {
    return this.inbox.hub;
  }

  /** Has a member's inbox pushed; the refusal's code, or null. */
  async configure(by: Reader, endpoint: string, authorization: string | null = null): Promise<string | null> {
    const document = `mutation ($endpoint: String!, $authorization: String) {
      it: configurePush(endpoint: $endpoint, authorization: $authorization) {
        ... on PushConfigured { stream { ${STREAM_FIELDS} } } ... on Refused { code path message remedy }
      } }`;
    const { it } = await answered<{ it: { code?: string } }>(by.ask('protection'), document, {
      endpoint,
      authorization,
    });
    return it.code ?? null;
  }

  async stream(of: Reader): Promise<StreamAnswer> {
    const { it } = await answered<{ it: StreamAnswer | null }>(
      of.ask('protection'),
      `{ it: pushStream { ${STREAM_FIELDS} } }`,
    );
    if (!it) throw new Error('there is no stream');
    return it;
  }

  /** Waits until the stream is as it is wanted. */
  async until(of: Reader, condition: (stream: StreamAnswer) => boolean): Promise<StreamAnswer> {
    for (;;) {
      const stream = await this.stream(of);
      if (condition(stream)) return stream;
      await this.hub.app.get(PushQueue).wake();
      await new Promise((resolve) => setTimeout(resolve, 20)); // another node, or the database's clock, has the turn
    }
  }

  /** Alerts to a member, told. */
  async raise(by: Reader, to: Reader, count: number): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let i = 0; i < count; i++) ids.push(await this.inbox.raise(by, { members: [to.who.code] }));
    await this.inbox.told();
    return ids;
  }

  async deadLetters(of: Reader): Promise<readonly { seq: number; error: string; redeliveryAskedAt: string | null }[]> {
    const { it } = await answered<{
      it: { edges: { node: { seq: number; error: string; redeliveryAskedAt: string | null } }[] };
    }>(of.ask('protection'), '{ it: deadLetters(first: 100) { edges { node { seq error redeliveryAskedAt } } } }');
    return it.edges.map(({ node }) => node);
  }

  sql<Row extends object>(text: string, values: unknown[] = []) {
    return asOwner<Row & Record<string, unknown>>(this.hub.database.url, text, values);
  }
}

/** The `jti` of entries of a member's inbox for protection. */
export function jtis({ who }: Reader, from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => `${who.code}.protection.${from + at}`);
}

/** What stays when doubles are dropped. */
export function once(all: readonly string[]): readonly string[] {
  return [...new Set(all)];
}
