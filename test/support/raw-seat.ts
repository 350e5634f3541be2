import * as oauth from 'oauth4webapi';
import { readEvents } from '../../src/member/event-stream.js';
import type { OfficerSeat } from '../../src/member/index.js';
import { importKey, type Purpose } from '../../src/protocol/index.js';
import type { TestHub } from './hub.js';

/** An answer of the hub as it came, byte for byte. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Asks the hub and gives the answer untouched. */
export type Ask = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<RawAnswer>;

/** A stranger's way of asking. */
export function asStranger(hub: TestHub): Ask {
  return async (query, variables = {}) => {
    const { path, headers } = doorOf(query);
    return readAnswer(await fetch(`${hub.url}${path}`, { method: 'POST', headers, body: body(query, variables) }));
  };
}

/** An officer's way of asking with one token that is never renewed, so that tests see what becomes of a token already given. */
export async function withToken(hub: TestHub, seat: OfficerSeat, purpose: Purpose): Promise<Ask> {
  const server: oauth.AuthorizationServer = { issuer: `${hub.url}/oauth`, token_endpoint: `${hub.url}/oauth/token` };
  const client: oauth.Client = { client_id: `${seat.member}/${seat.officer}` };
  const options = {
    DPoP: oauth.DPoP(client, await oauth.generateKeyPair('ES256')),
    [oauth.allowInsecureRequests]: true,
  };
  const key = await importKey(seat.key.privateJwk, seat.key.algorithm);
  const assertion = oauth.PrivateKeyJwt(
    { key, kid: seat.key.kid },
    { [oauth.modifyAssertion]: (header) => void (header['alg'] = seat.key.algorithm) },
  );
  const wanted = { scope: purpose, resource: `${hub.url}/graphql` };
  const given = await oauth.clientCredentialsGrantRequest(server, client, assertion, wanted, options);
  const { access_token: token } = await oauth.processClientCredentialsResponse(server, client, given);
  return async (query, variables = {}) => {
    const { path, headers } = doorOf(query);
    const url = new URL(`${hub.url}${path}`);
    const text = body(query, variables);
    try {
      return await readAnswer(
        await oauth.protectedResourceRequest(token, 'POST', url, new Headers(headers), text, options),
      );
    } catch (error) {
      if (error instanceof oauth.WWWAuthenticateChallengeError) return readAnswer(error.response);
      throw error;
    }
  };
}

/** Where an operation is asked: subscriptions over a stream. */
function doorOf(query: string): { path: string; headers: Record<string, string> } {
  if (!query.startsWith('subscription')) return { path: '/graphql', headers: JSON_HEADERS };
  return { path: '/graphql/stream', headers: { ...JSON_HEADERS, accept: 'text/event-stream' } };
}

const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };

function body(query: string, variables: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ query, variables });
}

/** Takes an answer as it came; of a stream its first message, after which nothing is listened to. */
export async function readAnswer(response: Response): Promise<RawAnswer> {
  const { status, headers } = response;
  if (!headers.get('content-type')?.startsWith('text/event-stream') || !response.body)
    return { status, headers, text: await response.text() };
  for await (const { event, data } of readEvents(response.body, () => undefined))
    if (event === 'next') return { status, headers, text: data };
  throw new Error('a stream without a message');
}
