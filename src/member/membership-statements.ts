import {
  EVENTS,
  randomJti,
  signKeyProof,
  signStatement,
  type CertifyOfficerBody,
  type CountersignBody,
  type JoinBody,
  type Json,
  type MembershipEvent,
  type ReinstateBody,
  type RevokeOfficerBody,
  type Signer,
  type SuspendBody,
} from '../protocol/index.js';
import type { ActingMember } from './seats.js';

/** The body of each membership event that needs nothing but to be signed. */
export interface MembershipBodies {
  readonly join: JoinBody;
  readonly countersign: CountersignBody;
  readonly suspend: SuspendBody;
  readonly reinstate: ReinstateBody;
  readonly leave: Readonly<Record<string, never>>;
  readonly certifyOfficer: CertifyOfficerBody;
  readonly revokeOfficer: RevokeOfficerBody;
}

/** Signs a statement about a membership with the member's own key. */
export function signMembership<E extends keyof MembershipBodies>(
  event: E,
  body: MembershipBodies[E],
  seat: ActingMember,
  audience: string,
): Promise<string> {
  return sign(event, body, seat, audience, randomJti());
}

/** Signs, with the present key, that the member's key is another from now on; the new key proves that it takes part. */
export async function signKeyRotation(seat: ActingMember, next: Signer, audience: string): Promise<string> {
  const jti = randomJti();
  const proof = await signKeyProof(seat.member, jti, next);
  return sign('rotateKey', { key: next.jwk, proof }, seat, audience, jti);
}

function sign(
  event: MembershipEvent,
  body: object,
  seat: ActingMember,
  audience: string,
  jti: string,
): Promise<string> {
  const json = JSON.parse(JSON.stringify(body)) as { readonly [key: string]: Json };
  const issuedAt = Math.floor(Date.now() / 1000);
  return signStatement({ issuer: seat.member, audience, event: EVENTS[event], body: json, jti, issuedAt }, seat.key);
}
