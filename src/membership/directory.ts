import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import { once, type PageRequest, type Principal } from '../graphql/index.js';
import type { MemberState } from '../protocol/index.js';
import { toEnum } from './graphql-names.js';
import type { MemberKeyRow, MemberRow, OfficerRow } from './member-row.js';

const COLUMNS = 'code, name, kind, country, mandate, state, join_hash';

/** An officer as the SDL has it. */
export interface OfficerView {
  readonly code: string;
  readonly role: string;
  readonly kid: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly revokedAt: Date | null;
}

/** A member as the SDL has it; keys, statements and officers are read only when asked for, and then once for all members shown together. */
export interface MemberView {
  readonly __typename: 'Member';
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly country: string;
  readonly mandate: readonly string[];
  readonly state: string;
  readonly keys: () => Promise<readonly { kid: string; jwk: string; validFrom: Date; validTo: Date | null }[]>;
  readonly statements: () => Promise<readonly string[]>;
  readonly officers: () => Promise<readonly OfficerView[]>;
}

/** Knows the members. */
@Injectable()
export class MemberDirectory {
  constructor(private readonly database: Database) {}

  /** A member; null when there is none. */
  async find(code: string): Promise<MemberRow | null> {
    const [row] = await this.database.query<MemberRow>(
      { name: 'member-find', text: `SELECT ${COLUMNS} FROM member WHERE code = $1` },
      [code],
    );
    return row ?? null;
  }

  /** All active members. */
  active(): Promise<MemberRow[]> {
    return this.database.query<MemberRow>({
      name: 'member-active',
      text: `SELECT ${COLUMNS} FROM member WHERE state = 'active' ORDER BY code`,
    });
  }

  /** Which of these codes are active members. */
  async findActive(codes: readonly string[]): Promise<ReadonlySet<string>> {
    const text = "SELECT code FROM member WHERE state = 'active' AND code = ANY ($1::text[])";
    const rows = await this.database.query<{ code: string }>({ name: 'member-active-of', text }, [codes]);
    return new Set(rows.map(({ code }) => code));
  }

  /** A page by code, with one row more than asked for. */
  page({ size, backward, after, before }: PageRequest, state: MemberState | null): Promise<MemberRow[]> {
    const text = `
      SELECT ${COLUMNS} FROM member
      WHERE ($1::text IS NULL OR code > $1) AND ($2::text IS NULL OR code < $2) AND ($3::text IS NULL OR state = $3)
      ORDER BY code ${backward ? 'DESC' : 'ASC'} LIMIT $4`;
    return this.database.query<MemberRow>(text, [after, before, state, size + 1]);
  }

  /** Members by code, ready to be shown to `viewer` (null: a stranger). Codes that are none are left out. */
  async views(
    codes: readonly string[],
    viewer: Pick<Principal, 'member'> | null,
  ): Promise<ReadonlyMap<string, MemberView>> {
    const wanted = [...new Set(codes)];
    if (wanted.length === 0) return new Map();
    const text = `SELECT ${COLUMNS} FROM member WHERE code = ANY ($1::text[])`;
    const rows = await this.database.query<MemberRow>({ name: 'member-of', text }, [wanted]);
    return new Map(this.show(rows, viewer).map((view) => [view.code, view]));
  }

  /** Shows rows in their order. */
  show(rows: readonly MemberRow[], viewer: Pick<Principal, 'member'> | null): MemberView[] {
    const codes = rows.map(({ code }) => code);
    const keys = once(() => this.keysOf(codes));
    const statements = once(() => this.statementsOf(codes));
    return rows.map((row) => ({
      __typename: 'Member',
      id: `member:${row.code}`,
      code: row.code,
      name: row.name,
      kind: toEnum(row.kind),
      country: row.country,
      mandate: row.mandate.map(toEnum),
      state: toEnum(row.state),
      keys: async () => (await keys()).filter((key) => key.member_code === row.code).map(keyView),
      statements: async () =>
        (await statements()).filter(({ subject }) => subject === row.code).map(({ statement }) => statement),
      officers: async () => (viewer?.member === row.code ? (await this.officersOf(row.code)).map(officerView) : []),
    }));
  }

  private keysOf(codes: readonly string[]): Promise<MemberKeyRow[]> {
    return this.database.query('SELECT * FROM member_key WHERE member_code = ANY ($1::text[]) ORDER BY valid_from', [
      codes,
    ]);
  }

  private statementsOf(codes: readonly string[]): Promise<{ subject: string; statement: string }[]> {
    return this.database.query(
      'SELECT subject, statement FROM membership_statement WHERE subject = ANY ($1::text[]) ORDER BY position',
      [codes],
    );
  }

  private officersOf(code: string): Promise<OfficerRow[]> {
    const order = 'code, valid_from, revoked_at NULLS LAST, kid'; // certified within one second, in the order in which they were replaced
    return this.database.query(`SELECT * FROM officer WHERE member_code = $1 ORDER BY ${order}`, [code]);
  }
}

export function officerView(row: OfficerRow): OfficerView {
  return {
    code: row.code,
    role: toEnum(row.role),
    kid: row.kid,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    revokedAt: row.revoked_at,
  };
}

function keyView({ kid, jwk, valid_from, valid_to }: MemberKeyRow) {
  return { kid, jwk: JSON.stringify(jwk), validFrom: valid_from, validTo: valid_to };
}
