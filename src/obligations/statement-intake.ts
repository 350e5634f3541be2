import { Injectable } from '@nestjs/common';
import { RAISING_ROLES } from '../alerts/index.js';
import type { Principal } from '../graphql/index.js';
import { assertOwnStatement, BodySchema, MembershipService } from '../membership/index.js';
import { EVENTS, type ObligationBodies } from '../protocol/index.js';

/** Who may sign about obligations and permissions: whoever may sign alerts. */
export const SIGNING_ROLES = RAISING_ROLES;

const SCHEMA = new BodySchema<ObligationBodies>(
  'obligation/obligation-statement.schema.json',
  'https://w3id.org/symbolon/schema/obligation-statement.schema.json',
  (event) => EVENTS[event].slice(EVENTS[event].lastIndexOf('/') + 1),
);

/** A statement that has passed every check but those that need what it is about. */
export interface CheckedStatement<E extends keyof ObligationBodies> {
  readonly event: E;
  readonly body: ObligationBodies[E];
  readonly compact: string;
  readonly claims: { readonly jti: string };
  /** 32 bytes, base64url. */
  readonly payloadHash: string;
}

/** The door for answers to obligations and for statements about permissions. */
@Injectable()
export class StatementIntake {
  constructor(private readonly membership: MembershipService) {}

  /** Checks envelope, signature, signer, sender and body of one statement. Throws `Refusal`. */
  async check<E extends keyof ObligationBodies>(
    compact: string,
    event: E,
    sender: Principal,
  ): Promise<CheckedStatement<E>> {
    const verified = await this.membership.verifyOfficerStatement(compact, [EVENTS[event]], sender);
    assertOwnStatement(verified, sender, SIGNING_ROLES, 'about obligations and permissions');
    const { decoded, claims } = verified;
    return { event, body: SCHEMA.read(event, claims.body), compact, claims, payloadHash: decoded.payloadHash };
  }
}
