import { createServer, type IncomingMessage, type Server } from 'node:http';
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import type { OfficerSeat } from '../../src/member/index.js';

/** What one GraphQL request of the client looked like. */
export interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly authorization: string | undefined;
  readonly proof: string | undefined;
}

/** How the fake answers: `data`, or a whole response with its status; at once or later. */
export type Answer = (asked: Asked) => unknown;

/** A stand-in for the hub: a token service that insists on a DPoP nonce, and a GraphQL endpoint that answers what the test says. */
export class FakeHub {
  readonly asked: Asked[] = [];
  readonly tokenRequests: URLSearchParams[] = [];
  /** Refuses the next so many tokens at the GraphQL endpoint. */
  staleTokens = 0;
  /** The OAuth error that every token request gets, if any. */
  tokenError: { error: string; error_description?: string } | null = null;
  /** The hub's public keys, as it publishes them. */
  jwks: readonly object[] = [];
  private issued = 0;

  private constructor(
    private readonly server: Server,
    private readonly seat: OfficerSeat,
    public answer: Answer,
  ) {}

  static async start(seat: OfficerSeat, answer: Answer): Promise<FakeHub> {
    const server = createServer();
    const hub = new FakeHub(server, seat, answer);
    server.on('request', (request, response) => {
      void hub.respond(request).then(({ status, headers = {}, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return hub;
  }

  get url(): string {
    const address = this.server.address();
    return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async respond(request: IncomingMessage): Promise<Reply> {
    const text = await readAll(request);
    switch (request.url) {
      case '/oauth/.well-known/openid-configuration':
        return { status: 200, body: { issuer: `${this.url}/oauth`, token_endpoint: `${this.url}/oauth/token` } };
      case '/oauth/token':
        return this.token(request, new URLSearchParams(text));
      case '/oauth/jwks':
        return { status: 200, body: { keys: this.jwks } };
      case '/graphql':
        return this.graphql(request, JSON.parse(text) as { query: string; variables: Record<string, unknown> });
      default:
        return { status: 404, body: {} };
    }
  }

  private async token(request: IncomingMessage, form: URLSearchParams): Promise<Reply> {
    const proof = String(request.headers['dpop'] ?? '');
    const nonce = { 'dpop-nonce': 'fresh' };
    if (!payloadOf(proof).includes('"nonce":"fresh"'))
      return { status: 400, headers: nonce, body: { error: 'use_dpop_nonce' } };
    if (this.tokenError) return { status: 400, body: this.tokenError };
    const assertion = form.get('client_assertion') ?? '';
    await compactVerify(assertion, await importJWK(this.seat.key.jwk, this.seat.key.algorithm), {
      algorithms: [this.seat.key.algorithm],
    });
    this.tokenRequests.push(form);
    this.issued++;
    return { status: 200, body: { access_token: `token-${this.issued}`, token_type: 'DPoP', expires_in: 600 } };
  }

  private async graphql(
    request: IncomingMessage,
    body: { query: string; variables: Record<string, unknown> },
  ): Promise<Reply> {
    const { authorization } = request.headers;
    const proof = request.headers['dpop'];
    this.asked.push({ ...body, authorization, proof: typeof proof === 'string' ? proof : undefined });
    if (authorization !== undefined && this.staleTokens > 0) {
      this.staleTokens--;
      return { status: 401, headers: { 'www-authenticate': 'DPoP error="invalid_token"' }, body: {} };
    }
    const answer = await this.answer({ ...body, authorization, proof: undefined });
    if (isReply(answer)) return answer;
    return { status: 200, body: { data: answer } };
  }
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function isReply(answer: unknown): answer is Reply {
  return typeof answer === 'object' && answer !== null && 'status' in answer && 'body' in answer;
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function payloadOf(jwt: string): string {
  const [, payload = ''] = jwt.split('.');
  return Buffer.from(payload, 'base64url').toString('utf8');
}

/** The media type that a proof declares. */
export function typeOf(jwt: string): unknown {
  return decodeProtectedHeader(jwt).typ;
}
