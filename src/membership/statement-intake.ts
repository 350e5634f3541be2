import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../database/index.js';
import { HUB_IDENTITY, type HubIdentity, verifyNatively } from '../identity/index.js';
import {
  decodeStatement,
  type DecodedStatement,
  EVENTS,
  type MembershipEvent,
  readClaims,
  Refusal,
  type StatementClaims,
} from '../protocol/index.js';
import { enterInLog, findLogged, type Logged, type LoggedStatement, replayed } from '../transparency/index.js';
import { readBroughtKey } from './brought-key.js';
import { keyOf, type MemberKeyRow, type MemberRow } from './member-row.js';
import { type MembershipBodies, readBody } from './statement-bodies.js';

/** A membership statement whose envelope and signature hold; `key` is the member's key that signed it. */
export interface VerifiedStatement<E extends MembershipEvent> {
  readonly event: E;
  readonly decoded: DecodedStatement;
  readonly claims: StatementClaims;
  readonly body: MembershipBodies[E];
  /** Null for a join, which brings its key. */
  readonly key: MemberKeyRow | null;
}

/** The first half of every membership operation: who says this, and is it really theirs? */
@Injectable()
export class StatementIntake {
  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly database: Database,
  ) {}

  /** Verifies a statement signed by a member's key, present or past. Throws `Refusal`. */
  async verify<E extends Exclude<MembershipEvent, 'join'>>(compact: string, event: E): Promise<VerifiedStatement<E>> {
    const { decoded, claims } = this.open(compact, event);
    const text = 'SELECT * FROM member_key WHERE kid = $1 AND member_code = $2';
    const [key] = await this.database.query<MemberKeyRow>({ name: 'member-key', text }, [decoded.kid, claims.issuer]);
    verifyNatively(decoded, key ? keyOf(key) : null);
    return { event, decoded, claims, body: readBody(event, claims.body), key: key ?? null };
  }

  /** Verifies a join, which is signed by the key that it brings. Throws `Refusal`. */
  async verifyJoin(compact: string): Promise<VerifiedStatement<'join'>> {
    const { decoded, claims } = this.open(compact, 'join');
    const body = readBody('join', claims.body);
    const key = await readBroughtKey(body.key, 'join');
    verifyNatively(decoded, key);
    return { event: 'join', decoded, claims, body, key: null };
  }

  private open(compact: string, event: MembershipEvent): { decoded: DecodedStatement; claims: StatementClaims } {
    const decoded = decodeStatement(compact);
    const claims = readClaims(decoded, {
      audience: this.hub.audience,
      events: [EVENTS[event]],
      now: Math.floor(Date.now() / 1000),
    });
    return { decoded, claims };
  }
}

const KEEP =
  'INSERT INTO membership_statement (position, issuer, subject, event, statement) VALUES ($1, $2, $3, $4, $5)';

/** The very same statement as it was accepted before; null when none was under its `jti`. Throws `Refusal` REPLAYED for another one. */
export async function acceptedBefore(
  transaction: Transaction,
  statement: VerifiedStatement<MembershipEvent>,
): Promise<Logged | null> {
  const [earlier] = await findLogged(transaction, statement.claims.issuer, [loggedAs(statement)]);
  if (earlier?.same === false) throw replayed();
  return earlier ?? null;
}

/** Enters a statement in the log and keeps it verbatim under its subject. Gives its place among what other tables refer to. */
export async function record(
  transaction: Transaction,
  statement: VerifiedStatement<MembershipEvent>,
  subject: string,
): Promise<{ readonly position: string; readonly logged: Logged }> {
  const { event, decoded, claims } = statement;
  const entered = await enterInLog(transaction, claims.issuer, EVENTS[event], loggedAs(statement));
  if (!entered)
    throw new Refusal(
      'REPLAYED',
      'A statement with this jti is being accepted right now.',
      'Ask again for its outcome.',
      ['jti'],
    );
  await transaction.query(KEEP, [entered.position, claims.issuer, subject, EVENTS[event], decoded.compact]);
  return entered;
}

function loggedAs({ claims, decoded }: VerifiedStatement<MembershipEvent>): LoggedStatement {
  return { claims, payloadHash: decoded.payloadHash };
}

/** Enters the hub's statement of the founding, and keeps it under each founder. Its issuer in the log is the hub's audience. */
export async function recordFounding(
  transaction: Transaction,
  statement: string,
  { iss, jti }: { readonly iss: string; readonly jti: string },
  founders: readonly string[],
): Promise<void> {
  const { payloadHash } = decodeStatement(statement);
  const entered = await enterInLog(transaction, iss, EVENTS.found, { claims: { jti }, payloadHash });
  if (!entered) throw new Error('the founding was logged twice');
  for (const founder of founders)
    await transaction.query(KEEP, [entered.position, iss, founder, EVENTS.found, statement]);
}

/**
 * Waits until no other membership statement is under way, on whichever node. Each so decides by what the one before left: a statement that arrives twice
 * finds itself, two last voices count each other, and members that vote on one another do not wait for each other for ever.
 */
export async function takeTurn(transaction: Transaction): Promise<void> {
  await transaction.query("SELECT pg_advisory_xact_lock(hashtext('symbolon membership'))");
}

/** A member as it stands; null when there is none. */
export async function findMember(transaction: Transaction, code: string): Promise<MemberRow | null> {
  const [row] = await transaction.query<MemberRow>(
    'SELECT code, name, kind, country, mandate, state, join_hash FROM member WHERE code = $1',
    [code],
  );
  return row ?? null;
}
