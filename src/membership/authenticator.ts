import { Inject, Injectable } from '@nestjs/common';
import {
  allowInsecureRequests,
  type AuthorizationServer,
  customFetch,
  type JWTAccessTokenClaims,
  validateJwtAccessToken,
} from 'oauth4webapi';
import { AccessError, Authentication, type Principal } from '../graphql/index.js';
import { decodeCanonicalBase64url, PURPOSES, Refusal, sha256Bytes } from '../protocol/index.js';
import { HUB_IDENTITY, type HubIdentity } from './hub-identity.js';
import { assertActing, principalOf, Seats } from './seats.js';

/** How long a proof is remembered, seconds: longer than the service lets its clock differ. */
const PROOF_SECONDS = 600;

type Headers = Parameters<Authentication['authenticate']>[0]['headers'];

/** Establishes who asks: the token and its proof by the published library, the proof's first use and the seat's standing by the database. */
@Injectable()
export class Authenticator extends Authentication {
  private readonly server: AuthorizationServer;
  private readonly keys: string;

  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly seats: Seats,
  ) {
    super();
    const issuer = `${hub.hubUrl}/oauth`;
    this.server = { issuer, jwks_uri: `${issuer}/jwks` };
    const { jwk, kid, algorithm } = hub.signingKey;
    this.keys = JSON.stringify({ keys: [{ ...jwk, kid, alg: algorithm, use: 'sig' }] });
  }

  /** Null for a stranger. Throws `AccessError` when a token is presented that does not hold. */
  async authenticate({
    method,
    path,
    headers,
  }: {
    method: string;
    path: string;
    headers: Headers;
  }): Promise<Principal | null> {
    if (headers.authorization === undefined && headers['dpop'] === undefined) return null;
    const claims = await this.validated(method, path, headers);
    const { member, officer } = claims;
    if (typeof member !== 'string' || typeof officer !== 'string') throw unauthenticated();
    const seat = await this.seats.byCodeWithProof(member, officer, proofOf(claims, headers['dpop']));
    const purpose = PURPOSES.find((one) => one === claims.scope);
    if (
      !seat ||
      seat.officer.kid !== claims['officer_kid'] ||
      !purpose ||
      claims.client_id !== `${seat.member.code}/${seat.officer.code}`
    )
      throw unauthenticated();
    try {
      assertActing(seat, Math.floor(Date.now() / 1000));
      return principalOf(seat, purpose, new Date(claims.exp * 1000));
    } catch (error) {
      throw error instanceof Refusal ? unauthenticated(error) : error;
    }
  }

  /** RFC 9068 §4 and RFC 9449 §4.3, §7.1. */
  private async validated(method: string, path: string, headers: Headers): Promise<JWTAccessTokenClaims> {
    const url = new URL(path, this.hub.hubUrl);
    const { authorization, dpop } = headers;
    if (authorization === undefined || typeof dpop !== 'string') throw unauthenticated();
    // Only the request line and these two headers count; the body is none of the proof's business.
    const request = new Request(url, { method, headers: { authorization, dpop } });
    try {
      return await validateJwtAccessToken(this.server, request, `${this.hub.hubUrl}/graphql`, {
        requireDPoP: true,
        // No request leaves: the hub hands its own keys over, also where it is reached by http on this machine.
        [allowInsecureRequests]: true,
        [customFetch]: () =>
          Promise.resolve(new Response(this.keys, { headers: { 'content-type': 'application/json' } })),
      });
    } catch (cause) {
      throw unauthenticated(cause);
    }
  }
}

/** What the database remembers of a proof, so that it is used once, on whichever node. */
function proofOf(claims: JWTAccessTokenClaims, dpop: string | string[] | undefined) {
  const { jti, iat } = proofClaims(typeof dpop === 'string' ? dpop : '');
  return { id: sha256Bytes(JSON.stringify([claims.cnf?.jkt, jti])), issuedAt: iat, expiresAt: iat + PROOF_SECONDS };
}

/** What the proof says of itself; its signature was verified. */
function proofClaims(dpop: string): { jti: string; iat: number } {
  const bytes = decodeCanonicalBase64url(dpop.split('.')[1] ?? '');
  if (!bytes) throw unauthenticated();
  const { jti, iat } = JSON.parse(new TextDecoder().decode(bytes)) as { jti?: unknown; iat?: unknown }; // parsing: checked next
  if (typeof jti !== 'string' || typeof iat !== 'number') throw unauthenticated();
  return { jti, iat };
}

function unauthenticated(cause?: unknown): AccessError {
  return new AccessError('UNAUTHENTICATED', { cause });
}
