import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../database/index.js';
import type { Principal } from '../graphql/index.js';
import { HUB_IDENTITY, type HubIdentity, signNatively } from '../identity/index.js';
import {
  EVENTS,
  FOUNDING_COUNTRIES,
  type MembershipEvent,
  type Purpose,
  Refusal,
  randomJti,
  STATEMENT_TYPE,
} from '../protocol/index.js';
import { Receipts } from '../transparency/index.js';
import { type AccordText, readAccord } from './accord.js';
import { assertAdmissible, assertUnusedKey, enterKey, enterMember } from './admission.js';
import { assertKeyProof, readBroughtKey } from './brought-key.js';
import type { MemberRow } from './member-row.js';
import { enact, type Motion, vote } from './quorum.js';
import { assertActing, assertActive, principalOf, Seats, type VerifiedOfficerStatement } from './seats.js';
import {
  acceptedBefore,
  findMember,
  record,
  recordFounding,
  StatementIntake,
  takeTurn,
  type VerifiedStatement,
} from './statement-intake.js';

/** A membership statement was taken in. */
export interface MembershipOutcome {
  /** The member that it is about. */
  readonly subject: string;
  /** The hub's signed receipt. */
  readonly receipt: string;
}

const MOST_OFFICER_SECONDS = 400 * 24 * 3600;

/** What organisations do about their membership. Each operation checks the statement, then who stands behind it as of now, then changes and logs at once. */
@Injectable()
export class MembershipService {
  readonly accord: AccordText = readAccord();

  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly database: Database,
    private readonly intake: StatementIntake,
    private readonly seats: Seats,
    private readonly receipts: Receipts,
  ) {}

  /** An organisation signs the accord. The outcome names the hash that countersignatures vouch for. Throws `Refusal`. */
  async join(compact: string): Promise<MembershipOutcome & { readonly joinHash: string }> {
    const statement = await this.intake.verifyJoin(compact);
    const outcome = await this.settle(statement, statement.claims.issuer, async (transaction) => {
      assertAdmissible(statement, this.accord.hash);
      await enterMember(transaction, statement);
      await record(transaction, statement, statement.claims.issuer);
    });
    return { ...outcome, joinHash: statement.decoded.payloadHash };
  }

  /**
   * Founds the accord: the hub's operator admits pending members of at least three countries together, since there is nobody yet who could countersign.
   * It works once. The hub signs that it did so, and the statement stands with those of the members. Throws `Refusal`.
   */
  async found(codes: readonly string[]): Promise<void> {
    const founders = [...new Set(codes)].sort();
    const claims = {
      iss: this.hub.audience,
      iat: Math.floor(Date.now() / 1000),
      jti: randomJti(),
      events: { [EVENTS.found]: { members: founders } },
    };
    const statement = signNatively(claims, this.hub.signingKey, STATEMENT_TYPE);
    await this.database.asNobody(async (transaction) => {
      await takeTurn(transaction);
      const founding = 'SELECT 1 FROM membership_statement WHERE event = $1 LIMIT 1';
      if ((await transaction.query(founding, [EVENTS.found])).length > 0)
        throw new Refusal(
          'ALREADY_EXISTS',
          'The accord was founded before.',
          'Join it, and ask two members to countersign.',
        );
      const members: (MemberRow | null)[] = [];
      for (const code of founders) members.push(await findMember(transaction, code));
      if (members.some((member) => member?.state !== 'pending'))
        throw new Refusal(
          'NOT_FOUND',
          'A founder has not joined, or has left.',
          'Have each founder send its join statement first.',
        );
      if (new Set(members.map((member) => member?.country)).size < FOUNDING_COUNTRIES) {
        throw new Refusal(
          'ARGUMENT_INVALID',
          'An accord is founded by members of at least three countries.',
          'Bring more founders.',
        );
      }
      for (const code of founders) await enact(transaction, code, 'active');
      await recordFounding(transaction, statement, claims, founders);
    });
  }

  /** A member vouches for a pending member. Throws `Refusal`. */
  async countersign(compact: string): Promise<MembershipOutcome> {
    const statement = await this.intake.verify(compact, 'countersign');
    return this.decideTogether(statement, 'join', statement.body.member, 'pending', 'active', (subject) => {
      if (subject.join_hash.toString('base64url') === statement.body.join) return;
      throw new Refusal(
        'NOT_FOUND',
        'There is no such join statement of this member.',
        'Take the hash of the join statement’s payload.',
        inBody('countersign', 'join'),
      );
    });
  }

  /** A member asks for another's suspension. Throws `Refusal`. */
  async suspend(compact: string): Promise<MembershipOutcome> {
    const statement = await this.intake.verify(compact, 'suspend');
    return this.decideTogether(statement, 'suspend', statement.body.member, 'active', 'suspended');
  }

  /** A member asks for a suspended member's return. Throws `Refusal`. */
  async reinstate(compact: string): Promise<MembershipOutcome> {
    const statement = await this.intake.verify(compact, 'reinstate');
    return this.decideTogether(statement, 'reinstate', statement.body.member, 'suspended', 'active');
  }

  /** A member replaces its key. Throws `Refusal`. */
  async rotateKey(compact: string): Promise<MembershipOutcome> {
    const statement = await this.intake.verify(compact, 'rotateKey');
    const { issuer } = statement.claims;
    const key = await readBroughtKey(statement.body.key, 'rotateKey');
    assertKeyProof(statement.body.proof, key, statement.claims);
    return this.settle(statement, issuer, async (transaction) => {
      await this.activeIssuer(transaction, statement);
      await assertUnusedKey(transaction, key.kid, inBody('rotateKey', 'key'));
      await transaction.query('UPDATE member_key SET valid_to = now() WHERE member_code = $1 AND valid_to IS NULL', [
        issuer,
      ]);
      await enterKey(transaction, issuer, key);
      await record(transaction, statement, issuer);
    });
  }

  /** A member leaves the accord; its keys and officers end with it. Throws `Refusal`. */
  async leave(compact: string): Promise<MembershipOutcome> {
    const statement = await this.intake.verify(compact, 'leave');
    const { issuer } = statement.claims;
    return this.settle(statement, issuer, async (transaction) => {
      const member = await issuerOf(transaction, statement);
      if (member.state === 'left') assertActive(member.state);
      await enact(transaction, issuer, 'left');
      await transaction.query('UPDATE member_key SET valid_to = now() WHERE member_code = $1 AND valid_to IS NULL', [
        issuer,
      ]);
      await transaction.query('UPDATE officer SET revoked_at = now() WHERE member_code = $1 AND revoked_at IS NULL', [
        issuer,
      ]);
      await record(transaction, statement, issuer);
    });
  }

  /** A member certifies an officer's key. Throws `Refusal`. */
  async certifyOfficer(compact: string): Promise<MembershipOutcome> {
    const statement = await this.intake.verify(compact, 'certifyOfficer');
    const { claims, body } = statement;
    const key = await readBroughtKey(body.key, 'certifyOfficer');
    return this.settle(statement, claims.issuer, async (transaction) => {
      if (body.until <= Math.floor(Date.now() / 1000) || body.until > claims.issuedAt + MOST_OFFICER_SECONDS) {
        throw new Refusal(
          'ARGUMENT_INVALID',
          'The certificate ends in the past or more than 400 days ahead.',
          'Choose a date within 400 days.',
          inBody('certifyOfficer', 'until'),
        );
      }
      await this.activeIssuer(transaction, statement);
      await assertUnusedKey(transaction, key.kid, inBody('certifyOfficer', 'key'));
      const replace =
        'UPDATE officer SET revoked_at = now() WHERE member_code = $1 AND code = $2 AND revoked_at IS NULL';
      await transaction.query(replace, [claims.issuer, body.officer]);
      const insert = `
        INSERT INTO officer (kid, member_code, code, role, algorithm, jwk, valid_from, valid_to)
        VALUES ($1, $2, $3, $4, $5, $6, to_timestamp($7), to_timestamp($8))`;
      const { kid, algorithm, jwk } = key;
      await transaction.query(insert, [
        kid,
        claims.issuer,
        body.officer,
        body.role,
        algorithm,
        JSON.stringify(jwk),
        claims.issuedAt,
        body.until,
      ]);
      await record(transaction, statement, claims.issuer);
    });
  }

  /** A member revokes an officer; also a suspended member may, so that a stolen key can always be stopped. Throws `Refusal`. */
  async revokeOfficer(compact: string): Promise<MembershipOutcome> {
    const statement = await this.intake.verify(compact, 'revokeOfficer');
    const { issuer } = statement.claims;
    return this.settle(statement, issuer, async (transaction) => {
      const member = await issuerOf(transaction, statement);
      if (member.state !== 'suspended') assertActive(member.state);
      const revoke =
        'UPDATE officer SET revoked_at = now() WHERE member_code = $1 AND code = $2 AND revoked_at IS NULL RETURNING kid';
      if ((await transaction.query(revoke, [issuer, statement.body.officer])).length === 0) {
        throw new Refusal(
          'NOT_FOUND',
          'There is no such officer.',
          'Check the officer’s code.',
          inBody('revokeOfficer', 'officer'),
        );
      }
      await record(transaction, statement, issuer);
    });
  }

  /** Checks an officer's statement from the envelope to the signer's standing. Throws `Refusal`. */
  verifyOfficerStatement(
    compact: string,
    events: readonly string[],
    asker?: Principal,
  ): Promise<VerifiedOfficerStatement> {
    return this.seats.verifyStatement(compact, events, this.hub, asker);
  }

  /** The asker that an officer would be with a token for a purpose. Throws `Refusal`. */
  async principalOf(member: string, officer: string, purpose: Purpose): Promise<Principal> {
    const seat = await this.seats.byCode(member, officer);
    if (!seat) throw new Refusal('NOT_FOUND', 'There is no such officer.', 'Check member and officer.');
    assertActing(seat, Math.floor(Date.now() / 1000));
    return principalOf(seat, purpose, new Date(Date.now() + 600_000));
  }

  /** Whether the accord was founded. */
  async hasMembers(): Promise<boolean> {
    return (await this.database.query('SELECT 1 FROM member LIMIT 1')).length > 0;
  }

  private decideTogether(
    statement: VerifiedStatement<'countersign' | 'suspend' | 'reinstate'>,
    motion: Motion,
    subjectCode: string,
    from: MemberRow['state'],
    to: 'active' | 'suspended',
    check: (subject: MemberRow) => void = () => undefined,
  ): Promise<MembershipOutcome> {
    return this.settle(statement, subjectCode, async (transaction) => {
      const subject = await findMember(transaction, subjectCode);
      const voter = await this.activeIssuer(transaction, statement);
      if (!subject)
        throw new Refusal(
          'NOT_FOUND',
          'There is no such member.',
          'See the query members.',
          inBody(statement.event, 'member'),
        );
      if (subject.state !== from) {
        throw new Refusal(
          'ALREADY_EXISTS',
          `The member is not ${from}.`,
          'Nothing is left to be signed.',
          inBody(statement.event, 'member'),
        );
      }
      check(subject);
      const { position } = await record(transaction, statement, subjectCode);
      if (await vote(transaction, motion, subject, voter, position)) await enact(transaction, subjectCode, to);
    });
  }

  /** The issuer; refuses unless it is active and signed with its present key. */
  private async activeIssuer(
    transaction: Transaction,
    statement: VerifiedStatement<MembershipEvent>,
  ): Promise<MemberRow> {
    const member = await issuerOf(transaction, statement);
    assertActive(member.state);
    return member;
  }

  /** Answers a statement that was accepted before with its receipt; else runs `apply` in the same transaction. */
  private async settle(
    statement: VerifiedStatement<MembershipEvent>,
    subject: string,
    apply: (transaction: Transaction) => Promise<void>,
  ): Promise<MembershipOutcome> {
    const logged = await this.database.asNobody(async (transaction) => {
      await takeTurn(transaction);
      const earlier = await acceptedBefore(transaction, statement);
      if (earlier) return earlier;
      await apply(transaction);
      return acceptedBefore(transaction, statement);
    });
    if (!logged) throw new Error('a membership statement took effect and did not come into the log');
    const { claims, decoded } = statement;
    const entry = { jti: claims.jti, payloadHash: decoded.payloadHash, place: logged.place };
    return { subject, receipt: this.receipts.sign(claims.issuer, [entry]) };
  }
}

/** The issuer. A past key verifies what was signed in its time; it signs nothing new, whatever date it writes. */
async function issuerOf(
  transaction: Transaction,
  { claims, key }: VerifiedStatement<MembershipEvent>,
): Promise<MemberRow> {
  const member = await findMember(transaction, claims.issuer);
  if (!member) throw new Refusal('WRONG_KEY', 'Nobody holds this key.', 'Join first.', ['iss']);
  const current = await transaction.query(
    'SELECT 1 FROM member_key WHERE kid = $1 AND member_code = $2 AND valid_to IS NULL',
    [key?.kid, claims.issuer],
  );
  if (member.state !== 'left' && current.length === 0) {
    throw new Refusal(
      'WRONG_KEY',
      'The statement is signed with a key that was replaced.',
      'Sign with the present key.',
      ['header', 'kid'],
    );
  }
  return member;
}

function inBody(event: MembershipEvent, ...path: string[]): string[] {
  return ['events', EVENTS[event], ...path];
}
