import type { Statement, Transaction } from '../database/index.js';
import { decodeCanonicalBase64url, Refusal } from '../protocol/index.js';

/** What the log needs of a checked statement. */
export interface LoggedStatement {
  readonly claims: { readonly jti: string };
  /** 32 bytes, base64url. */
  readonly payloadHash: string;
}

/** Where the log has a statement, from the moment of its acceptance on (T1). */
export interface LogPlace {
  readonly index: number;
  readonly event: string;
  /** Null when it was destroyed together with the statement (T3). */
  readonly salt: Uint8Array | null;
  /** To the millisecond. */
  readonly receivedAt: Date;
}

/** A statement in the log: entered now, or found there under its `jti`. */
export interface Logged {
  readonly jti: string;
  readonly place: LogPlace;
  readonly repeated: boolean;
  /** Whether what was accepted before under this `jti` is this very statement. */
  readonly same: boolean;
}

/** An entry as the database gives it; `position` is its index and one. */
export interface PlaceRow {
  readonly position: string;
  readonly event: string;
  readonly salt: Buffer | null;
  readonly received_at: Date;
}

export function placeOf({ position, event, salt, received_at }: PlaceRow): LogPlace {
  return { index: Number(position) - 1, event, salt, receivedAt: received_at };
}

/** Looks first: an insert draws its number before it finds the conflict, and a number that comes to nothing is a void entry for ever. */
const ENTER: Statement = {
  name: 'log-enter',
  text: `
    INSERT INTO log_entry (issuer, jti, event, payload_hash) SELECT $1::text, $2::text, $3::text, $4::bytea
    WHERE NOT EXISTS (SELECT FROM log_entry l WHERE l.issuer = $1::text AND l.jti = $2::text)
    ON CONFLICT (issuer, jti) DO NOTHING RETURNING position, event, salt, received_at`,
};

/** Enters one statement; null when its `jti` was accepted before. `position` is what other tables refer to. */
export async function enterInLog(
  transaction: Transaction,
  issuer: string,
  event: string,
  { claims, payloadHash }: LoggedStatement,
): Promise<{ readonly position: string; readonly logged: Logged } | null> {
  const values = [issuer, claims.jti, event, decodeCanonicalBase64url(payloadHash)];
  const [row] = await transaction.query<PlaceRow>(ENTER, values);
  if (!row) return null;
  return {
    position: row.position,
    logged: { jti: claims.jti, place: placeOf(row), repeated: false, same: true },
  };
}

const FIND: Statement = {
  name: 'log-find',
  text: `
    SELECT jti, payload_hash, position, event, salt, received_at FROM log_entry
    WHERE issuer = $1 AND jti = ANY ($2::text[])`,
};

/** What was accepted before under the `jti`s of these statements of one issuer. */
export async function findLogged(
  transaction: Transaction,
  issuer: string,
  statements: readonly LoggedStatement[],
): Promise<readonly Logged[]> {
  if (statements.length === 0) return [];
  const hashes = new Map(statements.map(({ claims, payloadHash }) => [claims.jti, payloadHash]));
  const rows = await transaction.query<PlaceRow & { jti: string; payload_hash: Buffer }>(FIND, [
    issuer,
    [...hashes.keys()],
  ]);
  return rows.map((row) => ({
    jti: row.jti,
    place: placeOf(row),
    repeated: true,
    same: row.payload_hash.toString('base64url') === hashes.get(row.jti),
  }));
}

/** The refusal of another statement under a `jti` that was used. */
export function replayed(): Refusal {
  return new Refusal(
    'REPLAYED',
    'Another statement with this jti was accepted before.',
    'Give the new statement a new jti.',
    ['jti'],
  );
}
