import pg from 'pg';
import { type OfficerSeat, signRaised, signUpdated, signWithdrawn } from '../../src/member/index.js';
import {
  type AlertContent,
  EVENTS,
  type Json,
  type LinkEvent,
  type MemberKind,
  type OfficerRole,
  type Purpose,
  signStatement,
  type StatedEpisode,
} from '../../src/protocol/index.js';
import { asOwner } from '../support/database.js';
import type { TestHub } from '../support/hub.js';
import {
  admit,
  asJson,
  caseContent,
  certify,
  foundAccord,
  organisation,
  seconds,
  type TestOrganisation,
} from '../support/organisation.js';
import { type Ask, withToken } from '../support/raw-seat.js';
import { type SuggestionTerms, suggestLink } from '../support/suggestion.js';

/** An officer with a token. */
export interface Desk {
  readonly member: string;
  readonly seat: OfficerSeat;
  readonly ask: Ask;
}

/** A link as `LINK` asks for it. */
export interface LinkAnswer {
  readonly id: string;
  readonly state: string;
  readonly suggestedAt: string;
  readonly lapsesAt: string;
  readonly alertId: string;
  readonly opened: boolean;
  readonly counterpart: {
    readonly member: { readonly code: string };
    readonly alertId: string;
    readonly opening: string;
  } | null;
  readonly level: string | null;
  readonly messages: readonly string[];
  readonly decisions: readonly string[];
  readonly classification: {
    readonly recurrence: string;
    readonly definition: string;
    readonly earlierAlertId: string | null;
    readonly wouldDecide: readonly string[];
  } | null;
  readonly flagId: string | null;
}

/** What comes of a statement about a link. */
export interface ResultAnswer {
  readonly __typename: string;
  readonly code?: string;
  readonly path?: readonly string[];
  readonly jti?: string;
  readonly receipt?: string;
  readonly repeated?: boolean;
  readonly link?: LinkAnswer;
}

/** Every field of a link. */
export const LINK = `id state suggestedAt lapsesAt alertId opened counterpart { member { code } alertId opening } level messages decisions
  classification { recurrence definition earlierAlertId wouldDecide } flagId`;

const OPERATIONS: Readonly<Record<LinkEvent, string>> = {
  comparisonOpened: 'openComparison',
  comparisonMessage: 'sendComparisonMessage',
  linkConfirmed: 'confirmLink',
  linkRejected: 'rejectLink',
  linkWithdrawn: 'withdrawLink',
};

/** Facts that are trafficking under the Palermo Protocol, that are not, and that leave it open. */
export const FACTS = {
  met: { present: ['act/recruitment', 'means/deception', 'purpose/sexual-exploitation'] },
  notMet: {
    present: ['means/deception', 'purpose/sexual-exploitation'],
    absent: ['recruitment', 'transport', 'transfer', 'harbouring', 'receipt'].map((act) => `act/${act}`),
  },
  open: { present: ['act/recruitment'] },
} satisfies Readonly<Record<string, AlertContent['facts']>>;

/** A hub whose members are the holders of two alerts and those who look on. */
export class LinkStage {
  private readonly members = new Map<string, TestOrganisation>();

  private constructor(
    readonly hub: TestHub,
    private readonly founders: readonly TestOrganisation[],
  ) {}

  static async on(hub: TestHub): Promise<LinkStage> {
    const { nl, ro, al } = await foundAccord(hub);
    return new LinkStage(hub, [nl, ro, al]);
  }

  /** A new organisation with one officer. */
  async desk(
    country: string,
    name: string,
    kind: MemberKind,
    how: { mandate?: readonly Purpose[]; role?: OfficerRole; purpose?: Purpose } = {},
  ): Promise<Desk> {
    const { mandate = ['protection'], role = 'case-worker', purpose = 'protection' } = how;
    const who = await organisation(country, name, kind, mandate);
    await admit(this.hub, who, this.founders.filter((founder) => founder.country !== country).slice(0, 2));
    this.members.set(who.code, who);
    return this.seatOf(who, role, purpose);
  }

  /** Another officer of a desk’s member. */
  colleague(desk: Desk, role: OfficerRole, purpose: Purpose = 'protection'): Promise<Desk> {
    return this.seatOf(this.organisationOf(desk), role, purpose);
  }

  /** The organisation behind a desk. */
  organisationOf(desk: Desk): TestOrganisation {
    const who = this.members.get(desk.member);
    if (!who) throw new Error('no such member');
    return who;
  }

  private async seatOf(who: TestOrganisation, role: OfficerRole, purpose: Purpose): Promise<Desk> {
    const seat = await certify(this.hub, who, `${role}-1`, role);
    return { member: who.code, seat, ask: await withToken(this.hub, seat, purpose) };
  }

  /** Raises an alert of a desk; its id. */
  async raise(desk: Desk, change: Partial<AlertContent> = {}): Promise<string> {
    const handling = {
      purposes: ['protection' as const],
      audience: { members: ['nl-rapporteur'] },
      code: 'H0' as const,
    };
    const statement = await signRaised(caseContent({ handling, ...change }), {
      seat: desk.seat,
      audience: this.hub.identity.audience,
    });
    const { alertId } = await this.submit<{ alertId?: string }>(
      desk,
      'raiseAlert',
      '... on AlertAccepted { alertId }',
      statement,
    );
    if (alertId === undefined) throw new Error('the alert was refused');
    return alertId;
  }

  /** Replaces the content of a desk's alert. */
  async updateAlert(desk: Desk, alert: string, change: Partial<AlertContent>): Promise<void> {
    const statement = await signUpdated(alert, caseContent(change), {
      seat: desk.seat,
      audience: this.hub.identity.audience,
    });
    const { code } = await this.submit<{ code?: string }>(desk, 'updateAlert', '', statement);
    if (code !== undefined) throw new Error(`the update was refused: ${code}`);
  }

  async withdrawAlert(desk: Desk, alert: string): Promise<void> {
    const statement = await signWithdrawn(alert, 'raised-in-error', {
      seat: desk.seat,
      audience: this.hub.identity.audience,
    });
    const { code } = await this.submit<{ code?: string }>(desk, 'withdrawAlert', '', statement);
    if (code !== undefined) throw new Error(`the withdrawal was refused: ${code}`);
  }

  /** Suggests a link as the matcher would; its id. One side makes a decoy. */
  suggest(sides: readonly (readonly [Desk, string])[], how: SuggestionTerms = {}): Promise<string> {
    return suggestLink(
      this.hub.database.url,
      sides.map(([desk, alert]) => [desk.member, alert] as const),
      how,
    );
  }

  /** Signs a statement about a link. */
  sign(desk: Desk, event: LinkEvent, body: object, jti?: string): Promise<string> {
    const { audience } = this.hub.identity;
    const claims = { issuer: desk.member, audience, event: EVENTS[event], body: asJson(body), issuedAt: seconds() };
    return signStatement({ ...claims, ...(jti === undefined ? {} : { jti }) }, desk.seat.key);
  }

  /** Sends a signed statement about a link. */
  send(desk: Desk, event: LinkEvent, statement: string): Promise<ResultAnswer> {
    const wanted = `... on LinkAccepted { jti receipt repeated link { ${LINK} } } ... on Refused { path }`;
    return this.submit<ResultAnswer>(desk, OPERATIONS[event], wanted, statement);
  }

  async open(desk: Desk, link: string): Promise<ResultAnswer> {
    return this.send(
      desk,
      'comparisonOpened',
      await this.sign(desk, 'comparisonOpened', { link, key: await freshKey() }),
    );
  }

  async message(desk: Desk, link: string, sealed = 'eyJh..aXY.Y2lwaGVy.dGFn'): Promise<ResultAnswer> {
    return this.send(desk, 'comparisonMessage', await this.sign(desk, 'comparisonMessage', { link, sealed }));
  }

  async confirm(desk: Desk, link: string, episode: StatedEpisode = { exit: 'unknown' }): Promise<ResultAnswer> {
    return this.send(desk, 'linkConfirmed', await this.sign(desk, 'linkConfirmed', { link, episode }));
  }

  async reject(desk: Desk, link: string): Promise<ResultAnswer> {
    return this.send(desk, 'linkRejected', await this.sign(desk, 'linkRejected', { link, reason: 'another-person' }));
  }

  async withdraw(desk: Desk, link: string): Promise<ResultAnswer> {
    return this.send(desk, 'linkWithdrawn', await this.sign(desk, 'linkWithdrawn', { link, reason: 'error' }));
  }

  /** A link that both have opened. */
  async comparing(first: readonly [Desk, string], second: readonly [Desk, string]): Promise<string> {
    const link = await this.suggest([first, second]);
    for (const [desk] of [first, second]) await this.open(desk, link);
    return link;
  }

  async see(desk: Desk, link: string): Promise<LinkAnswer | null> {
    return (
      await this.query<{ link: LinkAnswer | null }>(desk, `query ($id: ID!) { link(id: $id) { ${LINK} } }`, {
        id: link,
      })
    ).link;
  }

  async list(desk: Desk, args = 'first: 100'): Promise<readonly LinkAnswer[]> {
    const { links } = await this.query<{ links: { edges: readonly { node: LinkAnswer }[] } }>(
      desk,
      `{ links(${args}) { edges { node { ${LINK} } } } }`,
    );
    return links.edges.map(({ node }) => node);
  }

  async query<T>(desk: Desk, document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const { text } = await desk.ask(document, variables);
    const { data, errors } = JSON.parse(text) as { data?: T; errors?: unknown }; // parsing
    if (errors !== undefined || !data) throw new Error(text);
    return data;
  }

  /** Runs SQL as the owner of the database. */
  sql<Row extends Record<string, Json | Date>>(text: string, values: unknown[] = []): Promise<Row[]> {
    return asOwner<Row>(this.hub.database.url, text, values);
  }

  /** Runs statements one after another as the app role; the rows of the last. */
  async asApp(statements: readonly (readonly [string, readonly unknown[]])[]): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: this.hub.database.url, options: '-c search_path=symbolon' });
    await client.connect();
    try {
      await client.query('SET ROLE symbolon_app');
      let rows: unknown[] = [];
      for (const [sql, values] of statements) ({ rows } = await client.query<object>(sql, [...values]));
      return rows;
    } finally {
      await client.end();
    }
  }

  private async submit<T>(desk: Desk, operation: string, wanted: string, statement: string): Promise<T> {
    const document = `mutation ($statement: SignedStatement!) { it: ${operation}(statement: $statement)
      { __typename ... on Refused { code } ${wanted} } }`;
    return (await this.query<{ it: T }>(desk, document, { statement })).it;
  }
}

/** A fresh key of one comparison. */
export async function freshKey(): Promise<object> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { kty, crv, x, y };
}
