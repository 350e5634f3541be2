import * as oauth from 'oauth4webapi';
import type { OfficerSeat } from '../../src/member/index.js';
import { importKey, type Purpose } from '../../src/protocol/index.js';
import type { TestHub } from './hub.js';

/** An answer to a poll, as it came. */
export interface Polled {
  readonly status: number;
  readonly body: {
    readonly sets?: Readonly<Record<string, string>>;
    readonly moreAvailable?: boolean;
    readonly err?: string;
    readonly code?: string;
    readonly path?: readonly string[];
  };
}

/** Polls with an officer's token for one purpose; a foreign client does the rest (RFC 9449). */
export async function poller(
  hub: TestHub,
  seat: OfficerSeat,
  purpose: Purpose,
): Promise<(body: unknown) => Promise<Polled>> {
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
  return async (body) => {
    const headers = new Headers({ 'content-type': 'application/json' });
    const url = new URL(`${hub.url}/delivery/poll`);
    try {
      return await read(
        await oauth.protectedResourceRequest(token, 'POST', url, headers, JSON.stringify(body), options),
      );
    } catch (error) {
      if (error instanceof oauth.WWWAuthenticateChallengeError) return read(error.response);
      throw error;
    }
  };
}

async function read(response: Response): Promise<Polled> {
  return { status: response.status, body: (await response.json()) as Polled['body'] }; // parsing
}
