import { Inject, Injectable } from '@nestjs/common';
import { AccessError, Authentication, type Principal } from '../graphql/index.js';
import { Refusal, sha256Bytes } from '../protocol/index.js';
import { AccessTokens, type TokenClaims } from './access-token.js';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import { type PossessionProof, readProof } from './possession-proof.js';
import { assertActing, principalOf, Seats } from './seats.js';

/** How long a proof is remembered, seconds: as long as one may be early and late. */
const PROOF_SECONDS = 600;

type Headers = Parameters<Authentication['authenticate']>[0]['headers'];

/** Establishes who asks: the token and its proof by their signatures, the proof's first use and the seat's standing by the database. */
@Injectable()
export class Authenticator extends Authentication {
  private readonly tokens: AccessTokens;

  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly seats: Seats,
  ) {
    super();
    this.tokens = new AccessTokens(hub.signingKey, `${hub.hubUrl}/oauth`, `${hub.hubUrl}/graphql`);
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
    const [claims, proof] = await this.presented(method, path, headers);
    const seat = await this.seats.byCodeWithProof(claims.member, claims.officer, {
      id: sha256Bytes(JSON.stringify([claims.proofKid, proof.jti])),
      issuedAt: proof.issuedAt,
      expiresAt: proof.issuedAt + PROOF_SECONDS,
    });
    if (seat?.officer.kid !== claims.officerKid) throw unauthenticated();
    try {
      assertActing(seat, Math.floor(Date.now() / 1000));
      return principalOf(seat, claims.purpose, new Date(claims.expires * 1000));
    } catch (error) {
      throw error instanceof Refusal ? unauthenticated(error) : error;
    }
  }

  /** Throws `Refusal`: MEMBER_…, OFFICER_…, PURPOSE_OUTSIDE_MANDATE. */
  async standing({ member, officer, kid, purpose, expiresAt }: Principal): Promise<Principal> {
    const seat = await this.seats.byCodeTogether(member, officer);
    if (seat?.officer.kid !== kid) throw replaced();
    assertActing(seat, Math.floor(Date.now() / 1000));
    return principalOf(seat, purpose, expiresAt);
  }

  /** RFC 9068 §4 and RFC 9449 §4.3, §7.1. */
  private async presented(method: string, path: string, headers: Headers): Promise<[TokenClaims, PossessionProof]> {
    const token = /^DPoP +([^ ]+)$/i.exec(headers.authorization ?? '')?.[1];
    const dpop = headers['dpop'];
    const claims = token === undefined ? null : await this.tokens.read(token);
    if (token === undefined || !claims || typeof dpop !== 'string') throw unauthenticated();
    const { origin, pathname } = new URL(path, this.hub.hubUrl);
    const now = Math.floor(Date.now() / 1000);
    const proof = readProof(dpop, { method, url: `${origin}${pathname}`, token, kid: claims.proofKid, now });
    if (!proof) throw unauthenticated();
    return [claims, proof];
  }
}

function replaced(): Refusal {
  return new Refusal('OFFICER_REVOKED', 'The officer’s key was replaced.', 'Act with the new key.', ['header', 'kid']);
}

function unauthenticated(cause?: unknown): AccessError {
  return new AccessError('UNAUTHENTICATED', { cause });
}
