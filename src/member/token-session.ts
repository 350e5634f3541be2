import * as oauth from 'oauth4webapi';
import { signingHandle, type Purpose } from '../protocol/index.js';
import { below, isLoopbackHttp } from './hub-url.js';
import type { ActingSeat } from './seats.js';
import { MemberError } from './member-error.js';
import { ANSWER_TIMEOUT_MS, reach } from './reach.js';
import { asMemberError, brokenTokenService, challenged, saysInvalidToken } from './token-refusal.js';

/** How long before its end a token is renewed, seconds. */
const RENEW_BEFORE_SECONDS = 30;

interface Grant {
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly renewAt: number;
}

/**
 * One officer's session for one purpose: client credentials with `private_key_jwt` (RFC 7523), tokens bound to a fresh DPoP key (RFC 9449).
 * The key lives as long as the session and is never stored.
 */
export class TokenSession {
  private grant: Promise<Grant> | null = null;

  private constructor(
    private readonly hub: string,
    private readonly seat: ActingSeat,
    private readonly purpose: Purpose,
    private readonly server: oauth.AuthorizationServer,
    private readonly client: oauth.Client,
    private readonly dpop: oauth.DPoPHandle,
  ) {}

  /** Finds the hub's token service and gets a first token. Throws `MemberError`: HUB_UNREACHABLE, HUB_FAILED, TOKEN_REFUSED. */
  static async open(hub: string, seat: ActingSeat, purpose: Purpose): Promise<TokenSession> {
    const server = await discover(hub);
    const client: oauth.Client = { client_id: `${seat.member}/${seat.officer}` };
    const dpop = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
    const session = new TokenSession(hub, seat, purpose, server, client, dpop);
    await session.current();
    return session;
  }

  /**
   * Sends a request with a valid token and a proof; once more with a new nonce or a new token when the hub asks for one. `signal` breaks it off, also while
   * the answer is read; without one the whole may take a minute.
   */
  async request(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal?: AbortSignal,
  ): Promise<Response> {
    const url = below(this.hub, path);
    for (let attempt = 0; ; attempt++) {
      const { accessToken } = await this.current();
      try {
        return await reach(this.hub, () =>
          oauth.protectedResourceRequest(accessToken, method, url, new Headers(headers), body, {
            DPoP: this.dpop,
            signal: signal ?? AbortSignal.timeout(ANSWER_TIMEOUT_MS),
            ...insecureOnLoopback(url),
          }),
        );
      } catch (error) {
        if (!(error instanceof oauth.WWWAuthenticateChallengeError)) throw error;
        if (attempt >= 2) throw challenged(error);
        if (oauth.isDPoPNonceError(error)) continue;
        if (!saysInvalidToken(error)) throw challenged(error);
        this.grant = null;
      }
    }
  }

  private async current(): Promise<Grant> {
    const known = await this.grant;
    if (known && known.renewAt > Date.now()) return known;
    // Whoever comes while a renewal is under way waits for that one.
    const renewal = this.renew();
    this.grant = renewal;
    try {
      return await renewal;
    } catch (error) {
      if (this.grant === renewal) this.grant = null;
      throw error;
    }
  }

  private async renew(): Promise<Grant> {
    const { key } = this.seat;
    const authentication = oauth.PrivateKeyJwt(
      { key: await signingHandle(key), kid: key.kid },
      {
        // The library writes the newer name Ed25519 (RFC 9864); token services commonly know RFC 8037's EdDSA only.
        [oauth.modifyAssertion]: (header) => {
          header['alg'] = key.algorithm;
        },
      },
    );
    const parameters = { scope: this.purpose, resource: below(this.hub, 'graphql').href };
    for (let attempt = 0; ; attempt++) {
      try {
        const response = await reach(this.hub, () =>
          oauth.clientCredentialsGrantRequest(this.server, this.client, authentication, parameters, {
            DPoP: this.dpop,
            signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
            ...insecureOnLoopback(new URL(this.server.issuer)),
          }),
        );
        if (response.status >= 500) throw await brokenTokenService(response);
        const token = await oauth.processClientCredentialsResponse(this.server, this.client, response);
        return {
          accessToken: token.access_token,
          renewAt: Date.now() + ((token.expires_in ?? 60) - RENEW_BEFORE_SECONDS) * 1000,
        };
      } catch (error) {
        if (oauth.isDPoPNonceError(error) && attempt === 0) continue;
        throw asMemberError(error, this.client.client_id, this.purpose);
      }
    }
  }
}

async function discover(hub: string): Promise<oauth.AuthorizationServer> {
  const issuer = below(hub, 'oauth');
  const response = await reach(hub, () =>
    oauth.discoveryRequest(issuer, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS), ...insecureOnLoopback(issuer) }),
  );
  if (response.status === 503) throw await brokenTokenService(response);
  try {
    return await oauth.processDiscoveryResponse(issuer, response);
  } catch (cause) {
    throw new MemberError(
      'HUB_FAILED',
      `There is no token service at ${issuer.href} (HTTP ${response.status}).`,
      'Check that the address is that of a hub, with the host name that the hub itself uses.',
      [],
      { cause },
    );
  }
}

/** The one place where http is allowed: this very machine, for the sandbox. */
function insecureOnLoopback(url: URL): object {
  return { [oauth.allowInsecureRequests]: isLoopbackHttp(url) };
}
