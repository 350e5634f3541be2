import { createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from '../graphql/index.js';
import { assertOwnStatement, MembershipService } from '../membership/index.js';
import {
  assertEpisode,
  EVENTS,
  type LinkBodies,
  type LinkEvent,
  type OfficerRole,
  Refusal,
  within,
} from '../protocol/index.js';
import { readLinkBody } from './link-schema.js';

/** Who may sign about links, and see them. */
export const LINK_ROLES: readonly OfficerRole[] = ['case-worker', 'liaison'];

/** A statement about a link that has passed every check but those that need the link. */
export interface CheckedLinkStatement<E extends LinkEvent> {
  readonly event: E;
  readonly body: LinkBodies[E];
  readonly compact: string;
  readonly claims: { readonly jti: string };
  /** 32 bytes, base64url. */
  readonly payloadHash: string;
}

/** The door for statements about links. */
@Injectable()
export class LinkIntake {
  constructor(private readonly membership: MembershipService) {}

  /** Checks envelope, signature, signer, sender and body of one statement. Throws `Refusal`. */
  async check<E extends LinkEvent>(compact: string, event: E, sender: Principal): Promise<CheckedLinkStatement<E>> {
    const verified = await this.membership.verifyOfficerStatement(compact, [EVENTS[event]], sender);
    assertOwnStatement(verified, sender, LINK_ROLES, 'about links');
    const { decoded, claims } = verified;
    const body = readLinkBody(event, claims.body);
    within(['events', EVENTS[event]], () => {
      assertBody(body);
    });
    return { event, body, compact, claims, payloadHash: decoded.payloadHash };
  }
}

/** What the JSON Schema cannot say. */
function assertBody(body: LinkBodies[LinkEvent]): void {
  if ('episode' in body)
    within(['episode'], () => {
      assertEpisode(body.episode);
    });
  if ('key' in body && !isOnCurve(body.key)) {
    throw new Refusal('SCHEMA_INVALID', 'The key is no point of P-256.', 'Make a fresh key with a current client.', [
      'key',
    ]);
  }
}

/** A point off the curve would give the other side's private key away, piece by piece, to whoever made it. */
function isOnCurve({ kty, crv, x, y }: LinkBodies['comparisonOpened']['key']): boolean {
  try {
    return createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }).asymmetricKeyType === 'ec';
  } catch {
    return false;
  }
}
