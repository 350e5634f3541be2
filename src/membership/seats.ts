import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import type { Principal } from '../graphql/index.js';
import {
  CLOCK_SKEW_SECONDS,
  decodeStatement,
  type DecodedStatement,
  type MemberState,
  type OfficerRole,
  type Purpose,
  readClaims,
  Refusal,
  type StatementClaims,
} from '../protocol/index.js';
import { type HubIdentity, verifyNatively } from '../identity/index.js';
import { keyOf, type MemberRow, type OfficerRow } from './member-row.js';

/** An officer with its member, as they stand now. */
export interface Seat {
  readonly officer: OfficerRow;
  readonly member: MemberRow;
}

/** An alert statement whose envelope, signature and signer hold. */
export interface VerifiedOfficerStatement {
  readonly decoded: DecodedStatement;
  readonly claims: StatementClaims;
  readonly officer: { readonly code: string; readonly role: OfficerRole };
  readonly member: { readonly code: string; readonly country: string };
}

const COLUMNS = `
  o.kid, o.member_code, o.code, o.role, o.algorithm, o.jwk, o.valid_from, o.valid_to, o.revoked_at,
  m.name, m.kind, m.country, m.mandate, m.state, m.join_hash`;
const BY_KID = {
  name: 'seat-by-kid',
  text: `SELECT ${COLUMNS} FROM officer o JOIN member m ON m.code = o.member_code WHERE o.kid = $1`,
};
const BY_CODE = {
  name: 'seat-by-code',
  text: `SELECT ${COLUMNS} FROM officer o JOIN member m ON m.code = o.member_code WHERE o.member_code = $1 AND o.code = $2
    ORDER BY o.revoked_at IS NULL DESC, o.valid_from DESC LIMIT 1`,
};

const BY_CODES = {
  name: 'seat-by-codes',
  text: `SELECT ${COLUMNS} FROM unnest($1::text[], $2::text[]) AS asked (member, officer) CROSS JOIN LATERAL (
      SELECT * FROM officer WHERE member_code = asked.member AND code = asked.officer ORDER BY revoked_at IS NULL DESC, valid_from DESC LIMIT 1
    ) o JOIN member m ON m.code = o.member_code`,
};

const BY_CODE_WITH_PROOF = {
  name: 'seat-by-code-with-proof',
  text: `WITH proof AS MATERIALIZED (SELECT admit_proof($3, to_timestamp($4), to_timestamp($5)) AS fresh)
    SELECT seat.*, proof.fresh FROM proof, (${BY_CODE.text}) seat`,
};

/** Seats by `<member>/<officer>`. */
type SeatsByCode = ReadonlyMap<string, Seat>;

type SeatRow = OfficerRow & Omit<MemberRow, 'code'>;

/** Finds officers with their members, and holds statements and askers against how these stand now. */
@Injectable()
export class Seats {
  private readonly underWay = new Map<string, Promise<Seat | null>>();
  private gathering: {
    readonly asked: Map<string, readonly [string, string]>;
    readonly found: Promise<SeatsByCode>;
  } | null = null;

  constructor(private readonly database: Database) {}

  /** The seat of this code, if the proof with this hash is used for the first time (RFC 9449 §11.1); one look-up for both. Null otherwise. */
  async byCodeWithProof(
    member: string,
    officer: string,
    proof: { readonly id: Uint8Array; readonly issuedAt: number; readonly expiresAt: number },
  ): Promise<Seat | null> {
    const values = [member, officer, proof.id, proof.issuedAt, proof.expiresAt];
    const [row] = await this.database.query<SeatRow & { fresh: boolean }>(BY_CODE_WITH_PROOF, values);
    return row?.fresh ? seatOf(row) : null;
  }

  /** The seat with this key; statements that arrive together share one look-up, later ones look anew. */
  byKid(kid: string): Promise<Seat | null> {
    let search = this.underWay.get(kid);
    if (!search) {
      search = this.database.query<SeatRow>(BY_KID, [kid]).then(([row]) => (row ? seatOf(row) : null));
      this.underWay.set(kid, search);
      void search.finally(() => this.underWay.delete(kid)).catch(() => undefined);
    }
    return search;
  }

  /** The present seat of this code; a revoked one when there is no other. */
  async byCode(member: string, officer: string): Promise<Seat | null> {
    const [row] = await this.database.query<SeatRow>(BY_CODE, [member, officer]);
    return row ? seatOf(row) : null;
  }

  /** As `byCode`; those who ask in one turn of the event loop share one look-up: thousands who are woken together. */
  async byCodeTogether(member: string, officer: string): Promise<Seat | null> {
    const name = `${member}/${officer}`;
    this.gathering ??= this.gather();
    const { asked, found } = this.gathering;
    asked.set(name, [member, officer]);
    return (await found).get(name) ?? null;
  }

  private gather(): NonNullable<Seats['gathering']> {
    const asked = new Map<string, readonly [string, string]>();
    const found = new Promise((resolve) => setImmediate(resolve)).then(async () => {
      this.gathering = null;
      const pairs = [...asked.values()];
      const rows = await this.database.query<SeatRow>(BY_CODES, [
        pairs.map(([one]) => one),
        pairs.map(([, one]) => one),
      ]);
      return new Map(rows.map((row) => [`${row.member_code}/${row.code}`, seatOf(row)]));
    });
    return { asked, found };
  }

  /** Checks an officer's statement from the envelope to the signer's standing. Throws `Refusal`. */
  async verifyStatement(
    compact: string,
    events: readonly string[],
    hub: HubIdentity,
    asker?: Principal,
  ): Promise<VerifiedOfficerStatement> {
    const now = Math.floor(Date.now() / 1000);
    const decoded = decodeStatement(compact);
    const claims = readClaims(decoded, { audience: hub.audience, events, now });
    // Whoever sends what it signed itself was looked up a moment ago, for this very request.
    const own = asker && seatsOfPrincipals.get(asker);
    const seat = own?.officer.kid === decoded.kid ? own : await this.byKid(decoded.kid);
    verifyNatively(decoded, seat && seat.member.code === claims.issuer ? keyOf(seat.officer) : null);
    if (!seat) throw new Error('a signature was verified without a key');
    assertActing(seat, now);
    if (claims.issuedAt + CLOCK_SKEW_SECONDS < seat.officer.valid_from.getTime() / 1000) throw officerExpired();
    return { decoded, claims, officer: seat.officer, member: seat.member };
  }
}

/**
 * Refuses a statement that another member sends than signed it, or that an officer signed who may not. `what` are the statements, in the words of a refusal.
 * Throws `Refusal`: ISSUER_MISMATCH, ROLE_NOT_ALLOWED.
 */
export function assertOwnStatement(
  { officer, member }: VerifiedOfficerStatement,
  sender: Pick<Principal, 'member'>,
  roles: readonly OfficerRole[],
  what: string,
): void {
  if (member.code !== sender.member) {
    throw new Refusal(
      'ISSUER_MISMATCH',
      'The statement’s issuer is not the member that sends it.',
      'Send it with a token of the issuer.',
      ['iss'],
    );
  }
  if (!roles.includes(officer.role)) {
    throw new Refusal(
      'ROLE_NOT_ALLOWED',
      `The officer who signed may not sign ${what}.`,
      `Have an officer of another role sign it: ${roles.join(', ')}.`,
      ['header', 'kid'],
    );
  }
}

/** Refuses a seat that may not act now. `now` in seconds since 1970. Throws `Refusal`: MEMBER_…, OFFICER_…. */
export function assertActing({ officer, member }: Seat, now: number): void {
  assertActive(member.state);
  if (officer.revoked_at !== null) {
    throw new Refusal(
      'OFFICER_REVOKED',
      'The officer’s certificate was revoked.',
      'Have the member certify the officer again.',
      ['header', 'kid'],
    );
  }
  if (officer.valid_to.getTime() / 1000 < now || officer.valid_from.getTime() / 1000 > now + CLOCK_SKEW_SECONDS)
    throw officerExpired();
}

/** Refuses a member that is not active. Throws `Refusal`: MEMBER_PENDING, MEMBER_SUSPENDED, MEMBER_LEFT. */
export function assertActive(state: MemberState): void {
  if (state === 'pending') {
    throw new Refusal(
      'MEMBER_PENDING',
      'The membership is pending.',
      'Ask active members of two other countries to countersign.',
      ['iss'],
    );
  }
  if (state === 'suspended')
    throw new Refusal('MEMBER_SUSPENDED', 'The member is suspended.', 'The accord’s quorum can reinstate it.', ['iss']);
  if (state === 'left')
    throw new Refusal('MEMBER_LEFT', 'The member has left the accord.', 'Join anew under a new code.', ['iss']);
}

/** The seats that askers were made of, as they stood when they asked. */
const seatsOfPrincipals = new WeakMap<Principal, Seat>();

/** The asker that a seat and a purpose make. Throws `Refusal` when the purpose is outside the mandate. */
export function principalOf({ officer, member }: Seat, purpose: Purpose, expiresAt: Date): Principal {
  if (!member.mandate.includes(purpose)) {
    throw new Refusal(
      'PURPOSE_OUTSIDE_MANDATE',
      'The purpose is outside the member’s mandate.',
      `Choose one of: ${member.mandate.join(', ')}.`,
      ['scope'],
    );
  }
  const { code, kind, country, mandate } = member;
  const principal: Principal = {
    member: code,
    memberKind: kind,
    country,
    mandate,
    officer: officer.code,
    kid: officer.kid,
    role: officer.role,
    purpose,
    expiresAt,
  };
  seatsOfPrincipals.set(principal, { officer, member });
  return principal;
}

function officerExpired(): Refusal {
  return new Refusal(
    'OFFICER_EXPIRED',
    'The officer’s certificate has expired or does not begin yet.',
    'Have the member certify the officer again.',
    ['header', 'kid'],
  );
}

function seatOf(row: SeatRow): Seat {
  const { member_code, name, kind, country, mandate, state, join_hash } = row;
  return { officer: row, member: { code: member_code, name, kind, country, mandate, state, join_hash } };
}
