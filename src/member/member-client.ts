import { withDisclosure, type AlertContent, type Purpose } from '../protocol/index.js';
import { signRaised, signUpdated, signWithdrawn, type WithdrawalReason } from './alert-statements.js';
import type { ContentCheck } from './content-check.js';
import {
  asRefusal,
  RAISE_ALERT,
  RAISE_ALERTS,
  UPDATE_ALERT,
  WITHDRAW_ALERT,
  type AcceptedAnswer,
  type AlertAnswer,
  type BatchOutcome,
} from './documents/alert-submission.js';
import { readGraphqlAnswer } from './graphql-answer.js';
import type { HubAddress, ActingSeat } from './seats.js';
import { readGraphqlStream, STREAM_HEADERS } from './graphql-stream.js';
import { GRAPHQL_HEADERS } from './open-query.js';
import { TokenSession } from './token-session.js';

/** The most statements that one batch may hold. */
export const BATCH_LIMIT = 500;

/** Which hub, who asks, for which one purpose. */
export interface ConnectOptions extends HubAddress {
  readonly seat: ActingSeat;
  readonly purpose: Purpose;
  /** Checks what is to be signed. */
  readonly check: ContentCheck;
}

/**
 * An officer at work: asks the hub, and signs and submits alerts, for one purpose.
 * Methods throw `Refusal` (the hub refused) or `MemberError` (HUB_UNREACHABLE, HUB_FAILED, TOKEN_REFUSED).
 */
export class MemberClient {
  private constructor(
    private readonly options: ConnectOptions,
    private readonly session: TokenSession,
  ) {}

  /** Gets a token for the seat and purpose. Throws `MemberError` TOKEN_REFUSED when the hub gives none. */
  static async connect(options: ConnectOptions): Promise<MemberClient> {
    return new MemberClient(options, await TokenSession.open(options.hub, options.seat, options.purpose));
  }

  /** The seat that acts. */
  get seat(): ActingSeat {
    return this.options.seat;
  }

  /** The one purpose of its token. */
  get purpose(): Purpose {
    return this.options.purpose;
  }

  /** The audience that statements name. */
  get audience(): string {
    return this.options.audience;
  }

  /** Checks content as the hub does. Throws `Refusal` SCHEMA_INVALID. */
  check(content: unknown): AlertContent {
    return this.options.check(content);
  }

  /** Asks a GraphQL document; `T` is the shape of `data` as the SDL has it. */
  async query<T>(document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const body = JSON.stringify({ query: document, variables });
    return readGraphqlAnswer<T>(await this.session.request('POST', 'graphql', GRAPHQL_HEADERS, body));
  }

  /** Posts JSON to a path of the hub that is none of GraphQL; the answer is as it came. */
  post(path: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    return this.session.request('POST', path, headers, JSON.stringify(body));
  }

  /**
   * Runs a subscription over one connection, until the hub ends it or `signal` does; each value as the SDL has it, as fast as they are taken. `onSign` is
   * called whenever anything comes, also when it says nothing. Throws as `query` does, and `BusyHub` when there are too many streams.
   */
  async *subscribe<T>(
    document: string,
    variables: Readonly<Record<string, unknown>>,
    { signal, onSign = () => undefined }: { readonly signal: AbortSignal; readonly onSign?: () => void },
  ): AsyncGenerator<T, void, undefined> {
    const body = JSON.stringify({ query: document, variables });
    const response = await this.session.request('POST', 'graphql/stream', STREAM_HEADERS, body, signal);
    yield* readGraphqlStream<T>(response, onSign);
  }

  /**
   * Checks, signs and raises one alert. A `jti` given twice with the same content is accepted twice and stored once. `disclosure` are the tokens that
   * `content.linkage` has the digest of.
   */
  async raise(content: AlertContent, jti?: string, disclosure: string | null = null): Promise<AcceptedAnswer> {
    return this.sendRaised(withDisclosure(await this.signRaise(content, jti), disclosure));
  }

  /** Raises an alert that was signed before, with its disclosure when it has one. */
  async sendRaised(sent: string): Promise<AcceptedAnswer> {
    return this.submit(RAISE_ALERT, sent);
  }

  /** Checks and signs a new alert without sending it; for `raiseMany`, and to send the very same statement again. */
  async signRaise(content: AlertContent, jti?: string): Promise<string> {
    return signRaised(this.check(content), this.signing(jti));
  }

  /** Submits up to 500 signed alerts; each is accepted or refused by itself, in the order given. */
  async raiseMany(statements: readonly string[]): Promise<BatchOutcome> {
    const { batch } = await this.query<{ batch: BatchOutcome }>(RAISE_ALERTS, { statements });
    return batch;
  }

  /** Replaces the content of an alert of one's own, tokens included. */
  async update(
    alertId: string,
    content: AlertContent,
    jti?: string,
    disclosure: string | null = null,
  ): Promise<AcceptedAnswer> {
    const statement = await signUpdated(alertId, this.check(content), this.signing(jti));
    return this.submit(UPDATE_ALERT, withDisclosure(statement, disclosure));
  }

  /** Withdraws an alert of one's own. */
  async withdraw(alertId: string, reason: WithdrawalReason): Promise<AcceptedAnswer> {
    return this.submit(WITHDRAW_ALERT, await signWithdrawn(alertId, reason, this.signing()));
  }

  private async submit(document: string, statement: string): Promise<AcceptedAnswer> {
    const { result } = await this.query<{ result: AlertAnswer }>(document, { statement });
    if (result.__typename === 'Refused') throw asRefusal(result);
    return result;
  }

  private signing(jti?: string): { seat: ActingSeat; audience: string; jti?: string } {
    const { seat, audience } = this.options;
    return { seat, audience, ...(jti === undefined ? {} : { jti }) };
  }
}
