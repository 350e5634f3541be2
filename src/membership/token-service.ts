import { Inject, Injectable } from '@nestjs/common';
import { type Configuration, errors, Provider } from 'oidc-provider';
import { BackgroundWork, Rounds } from '../background/index.js';
import { Database } from '../database/index.js';
import { PURPOSES, type Purpose, Refusal } from '../protocol/index.js';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import { assertActing, principalOf, Seats } from './seats.js';
import { TokenStore } from './token-store.js';

/** How long an access token holds, seconds. */
const TOKEN_SECONDS = 600;

/** The OAuth 2.0 token service (RFC 6749 §4.4, RFC 7523, RFC 9068, RFC 9449): an officer proves who it is with its key and is given a token for one purpose. */
@Injectable()
export class TokenService {
  readonly provider: Provider;

  constructor(
    background: BackgroundWork,
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly database: Database,
    private readonly seats: Seats,
  ) {
    this.provider = new Provider(`${hub.hubUrl}/oauth`, this.configuration());
    this.provider.proxy = true;
    background.add(new Rounds('TokenService', { everyMs: 60_000 }, () => this.clean()));
  }

  private async clean(): Promise<void> {
    await this.database.query('DELETE FROM oauth_record WHERE expires_at < now()');
    await this.database.query('DELETE FROM seen_proof WHERE expires_at < now()');
  }

  private configuration(): Configuration {
    const { database, seats, hub } = this;
    return {
      adapter: class extends TokenStore {
        constructor(model: string) {
          super(model, database, seats);
        }
      },
      jwks: {
        keys: [
          {
            ...hub.signingKey.privateJwk,
            kid: hub.signingKey.kid,
            alg: hub.signingKey.algorithm,
            use: 'sig',
          },
        ],
      },
      scopes: [...PURPOSES],
      claims: {},
      responseTypes: [],
      clientAuthMethods: ['private_key_jwt'],
      enabledJWA: {
        clientAuthSigningAlgValues: ['EdDSA', 'ES256'],
        dPoPSigningAlgValues: ['EdDSA', 'ES256'],
        idTokenSigningAlgValues: ['EdDSA'],
      },
      // The console, which this hub serves, asks from a browser; no other page may.
      clientBasedCORS: (_context, origin) => origin === new URL(hub.hubUrl).origin,
      features: {
        devInteractions: { enabled: false },
        userinfo: { enabled: false },
        rpInitiatedLogout: { enabled: false },
        revocation: { enabled: false },
        introspection: { enabled: false },
        clientCredentials: { enabled: true },
        dPoP: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => `${hub.hubUrl}/graphql`,
          useGrantedResource: () => true,
          getResourceServerInfo: async (ctx, resource, client) =>
            this.resourceFor(ctx.oidc.params?.['scope'], resource, client.clientId),
        },
      },
      extraTokenClaims: (ctx, token) => {
        const [member, officer] = ('clientId' in token ? String(token.clientId) : '').split('/');
        return { member, officer, officer_kid: ctx.oidc.client?.jwks?.keys[0]?.kid };
      },
      ttl: { ClientCredentials: TOKEN_SECONDS },
      routes: { token: '/token', jwks: '/jwks' },
      cookies: { keys: [Buffer.from(hub.cursorSecret).toString('base64url')] },
      renderError: (ctx, out) => {
        ctx.type = 'json';
        ctx.body = JSON.stringify({ error: out.error, error_description: out.error_description });
      },
    };
  }

  /** What an officer that has proven who it is may be given a token for. */
  private async resourceFor(scope: unknown, resource: string, clientId: string) {
    if (resource !== `${this.hub.hubUrl}/graphql`) throw new errors.InvalidTarget();
    const purpose = PURPOSES.find((one) => one === scope);
    if (!purpose)
      throw new errors.CustomOIDCProviderError('invalid_scope', `name exactly one purpose: ${PURPOSES.join(', ')}`);
    await this.assertMayAct(clientId, purpose);
    return {
      audience: resource,
      scope: purpose,
      accessTokenFormat: 'jwt' as const,
      accessTokenTTL: TOKEN_SECONDS,
      jwt: { sign: { alg: this.hub.signingKey.algorithm } },
    };
  }

  private async assertMayAct(clientId: string, purpose: Purpose): Promise<void> {
    const [member = '', officer = ''] = clientId.split('/');
    const seat = await this.seats.byCode(member, officer);
    if (!seat) throw new errors.InvalidClient('no such officer');
    try {
      assertActing(seat, Math.floor(Date.now() / 1000));
      principalOf(seat, purpose, new Date());
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const kind = error.code === 'PURPOSE_OUTSIDE_MANDATE' ? 'invalid_scope' : 'unauthorized_client';
      throw new errors.CustomOIDCProviderError(kind, `${error.code}: ${error.message.replaceAll('’', "'")}`);
    }
  }
}
