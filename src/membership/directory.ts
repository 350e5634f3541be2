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

/** A member as the SDL has it; what has to be read is read only when asked for, and then once for all members shown together. */
export interface MemberView {
  readonly __typename: 'Member';
  readonly id: string;
  readonly code: string;
  readonly name: () => Promise<string>;
  readonly kind: () => Promise<string>;
  readonly country: () => Promise<string>;
  readonly mandate: () => Promise<readonly string[]>;
  readonly state: () => Promise<string>;
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
    const rows = await this.rowsOf(wanted);
    return new Map(this.show(rows, viewer).map((view) => [view.code, view]));
  }

  /** Members that are there, by code, whose rows are read only if somebody asks for more than their code. */
  references(codes: readonly string[], viewer: Pick<Principal, 'member'> | null): ReadonlyMap<string, MemberView> {
    const wanted = [...new Set(codes)];
    const rows = once(async () => new Map((await this.rowsOf(wanted)).map((row) => [row.code, row])));
    return new Map(this.viewsOf(wanted, rows, viewer).map((view) => [view.code, view]));
  }

  /** Shows rows in their order. */
  show(rows: readonly MemberRow[], viewer: Pick<Principal, 'member'> | null): MemberView[] {
    const byCode = Promise.resolve(new Map(rows.map((row) => [row.code, row])));
    return this.viewsOf(
      rows.map(({ code }) => code),
      () => byCode,
      viewer,
    );
  }

  private viewsOf(
    codes: readonly string[],
    rows: () => Promise<ReadonlyMap<string, MemberRow>>,
    viewer: Pick<Principal, 'member'> | null,
  ): MemberView[] {
    const keys = once(() => this.keysOf(codes));
    const statements = once(() => this.statementsOf(codes));
    return codes.map((code) => {
      const row = async (): Promise<MemberRow> => {
        const found = (await rows()).get(code);
        if (!found) throw new Error('a member that was referred to is not there');
        return found;
      };
      return {
        __typename: 'Member',
        id: `member:${code}`,
        code,
        name: async () => (await row()).name,
        kind: async () => toEnum((await row()).kind),
        country: async () => (await row()).country,
        mandate: async () => (await row()).mandate.map(toEnum),
        state: async () => toEnum((await row()).state),
        keys: async () => (await keys()).filter((key) => key.member_code === code).map(keyView),
        statements: async () =>
          (await statements()).filter(({ subject }) => subject === code).map(({ statement }) => statement),
        officers: async () => (viewer?.member === code ? (await this.officersOf(code)).map(officerView) : []),
      };
    });
  }

  private rowsOf(codes: readonly string[]): Promise<MemberRow[]> {
    const text = `SELECT ${COLUMNS} FROM member WHERE code = ANY ($1::text[])`;
    return this.database.query<MemberRow>({ name: 'member-of', text }, [codes]);
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
