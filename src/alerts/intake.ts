import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../graphql/index.js';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import {
  assertOwnStatement,
  MemberDirectory,
  MembershipService,
  type VerifiedOfficerStatement,
} from '../membership/index.js';
import { OntologyService } from '../ontology/index.js';
import {
  type AlertContent,
  type AlertEvent,
  EVENTS,
  type KnownFacts,
  knownFactsOf,
  type OfficerRole,
  Refusal,
  within,
} from '../protocol/index.js';
import { assertAlertClaims } from './alert-schema.js';
import type { AlertClaims } from './alert-claims.js';
import { assertContent } from './content-rules.js';

/** Who may sign alerts. */
export const RAISING_ROLES: readonly OfficerRole[] = ['case-worker', 'liaison'];

/** A statement that has passed every check but those that need the database's present state of the alert. */
export interface CheckedStatement {
  readonly claims: AlertClaims;
  readonly compact: string;
  /** 32 bytes, base64url. */
  readonly payloadHash: string;
  readonly issuedAt: Date;
}

/** Content with what it says about the legal elements. */
export interface CheckedContent {
  readonly content: AlertContent;
  readonly facts: KnownFacts;
}

/** The door for alert statements: each step refuses with its own code, and nothing is believed before the step that proves it. */
@Injectable()
export class Intake {
  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly membership: MembershipService,
    private readonly directory: MemberDirectory,
    private readonly ontology: OntologyService,
  ) {}

  /** Checks envelope, signature, signer, shape and sender of one statement. Throws `Refusal`. */
  async checkStatement(compact: string, event: AlertEvent, sender: Principal): Promise<CheckedStatement> {
    const verified = await this.membership.verifyOfficerStatement(compact, [EVENTS[event]], sender);
    return this.checked(compact, verified, sender);
  }

  /** Checks content against the ontology, the clock and the membership. Throws `Refusal`. */
  async checkContent(
    content: AlertContent,
    issuedAt: Date,
    sender: Principal,
    path: readonly string[],
  ): Promise<CheckedContent> {
    const facts = within(path, () => {
      assertContent(content, issuedAt, new Date(), this.ontology);
      assertPurpose(content, sender);
      const known = knownFactsOf(content, (variant) => this.ontology.engine.impliedBy(variant));
      this.assertConsistent(known);
      return known;
    });
    await this.assertAudience(content, path);
    return { content, facts };
  }

  /** Facts also follow from age, route and national codes, so that no single entry of a list is at fault. */
  private assertConsistent(facts: KnownFacts): void {
    try {
      this.ontology.prepare(facts);
    } catch (error) {
      throw error instanceof Refusal ? new Refusal(error.code, error.message, error.remedy, ['facts']) : error;
    }
  }

  private checked(compact: string, verified: VerifiedOfficerStatement, sender: Principal): CheckedStatement {
    assertOwnStatement(verified, sender, RAISING_ROLES, 'alerts');
    const { decoded } = verified;
    const { claims } = decoded;
    assertAlertClaims(claims);
    return { claims, compact, payloadHash: decoded.payloadHash, issuedAt: new Date(claims.iat * 1000) };
  }

  private async assertAudience({ handling }: AlertContent, path: readonly string[]): Promise<void> {
    const members = handling.audience.members ?? [];
    if (members.length === 0) return;
    const known = await this.directory.findActive(members);
    const missing = members.findIndex((code) => !known.has(code));
    if (missing >= 0) {
      throw new Refusal(
        'AUDIENCE_INVALID',
        'The audience names somebody who is not an active member.',
        'See the query members.',
        [...path, ...['handling', 'audience', 'members', String(missing)]],
      );
    }
  }

  /** The audience (`aud`) that statements must name. */
  get audience(): string {
    return this.hub.audience;
  }
}

function assertPurpose({ handling }: AlertContent, sender: Principal): void {
  if (!sender.mandate.includes(sender.purpose)) {
    throw new Refusal(
      'PURPOSE_OUTSIDE_MANDATE',
      'The purpose of the token is outside the member’s mandate.',
      'Ask for a token for a purpose of your mandate.',
    );
  }
  if (!handling.purposes.includes(sender.purpose)) {
    throw new Refusal(
      'PURPOSE_MISMATCH',
      'The alert does not name the purpose of the token it was sent with.',
      'Add the purpose to the alert, or take a token for one of its purposes.',
      ['handling', 'purposes'],
    );
  }
}
