import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../database/index.js';
import {
  decodeCanonicalBase64url,
  decodeStatement,
  type DecodedStatement,
  EVENTS,
  type MembershipEvent,
  readClaims,
  Refusal,
  type StatementClaims,
} from '../protocol/index.js';
import { readBroughtKey } from './brought-key.js';
import { HUB_IDENTITY, type HubIdentity } from './hub-identity.js';
import { verifyNatively } from './native-signature.js';
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

const LOG =
  'INSERT INTO log_entry (issuer, jti, event, payload_hash) VALUES ($1, $2, $3, $4) ON CONFLICT (issuer, jti) DO NOTHING RETURNING position, received_at';
const EARLIER = 'SELECT payload_hash, received_at FROM log_entry WHERE issuer = $1 AND jti = $2';

/** When the very same statement was accepted before; null when none was under its `jti`. Throws `Refusal` REPLAYED for another one. */
export async function acceptedBefore(
  transaction: Transaction,
  { decoded, claims }: VerifiedStatement<MembershipEvent>,
): Promise<Date | null> {
  const [earlier] = await transaction.query<{ payload_hash: Buffer; received_at: Date }>(EARLIER, [
    claims.issuer,
    claims.jti,
  ]);
  if (!earlier) return null;
  if (earlier.payload_hash.toString('base64url') === decoded.payloadHash) return earlier.received_at;
  throw new Refusal(
    'REPLAYED',
    'Another statement with this jti was accepted before.',
    'Give the new statement a new jti.',
    ['jti'],
  );
}

/** Enters a statement in the log and keeps it verbatim under its subject. */
export async function record(
  transaction: Transaction,
  { event, decoded, claims }: VerifiedStatement<MembershipEvent>,
  subject: string,
): Promise<{ readonly position: string; readonly receivedAt: Date }> {
  const values = [claims.issuer, claims.jti, EVENTS[event], decodeCanonicalBase64url(decoded.payloadHash)];
  const [row] = await transaction.query<{ position: string; received_at: Date }>(LOG, values);
  if (!row)
    throw new Refusal(
      'REPLAYED',
      'A statement with this jti is being accepted right now.',
      'Ask again for its outcome.',
      ['jti'],
    );
  const keep =
    'INSERT INTO membership_statement (position, issuer, subject, event, statement) VALUES ($1, $2, $3, $4, $5)';
  await transaction.query(keep, [row.position, claims.issuer, subject, EVENTS[event], decoded.compact]);
  return { position: row.position, receivedAt: row.received_at };
}

/** Enters the hub's statement of the founding, and keeps it under each founder. Its issuer in the log is the hub's audience. */
export async function recordFounding(
  transaction: Transaction,
  statement: string,
  { iss, jti }: { readonly iss: string; readonly jti: string },
  founders: readonly string[],
): Promise<void> {
  const payloadHash = decodeCanonicalBase64url(decodeStatement(statement).payloadHash);
  const [row] = await transaction.query<{ position: string }>(LOG, [iss, jti, EVENTS.found, payloadHash]);
  if (!row) throw new Error('the founding was logged twice');
  const keep =
    'INSERT INTO membership_statement (position, issuer, subject, event, statement) VALUES ($1, $2, $3, $4, $5)';
  for (const founder of founders) await transaction.query(keep, [row.position, iss, founder, EVENTS.found, statement]);
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
