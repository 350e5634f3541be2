import { type OfficerSeat, signRaised, signUpdated, signWithdrawn } from '../../src/member/index.js';
import { Erasure } from '../../src/obligations/index.js';
import {
  type AlertContent,
  type ErasureRunBody,
  EVENTS,
  type Json,
  type ObligationBodies,
  type OfficerRole,
  type Purpose,
  PURPOSES,
  signStatement,
} from '../../src/protocol/index.js';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import { integrated } from '../support/integrated.js';
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

/** An officer with a token. */
export interface Desk {
  readonly member: string;
  readonly seat: OfficerSeat;
  readonly ask: Ask;
}

/** An obligation as `OBLIGATION` asks for it. */
export interface ObligationAnswer {
  readonly alertId: string;
  readonly debtor: { readonly code: string };
  readonly creditor: { readonly code: string };
  readonly cause: string;
  readonly incurredAt: string;
  readonly dueAt: string;
  readonly state: string;
  readonly ground: string | null;
  readonly answeredAt: string | null;
  readonly statements: readonly string[];
}

/** A permission as `PERMISSION` asks for it. */
export interface PermissionAnswer {
  readonly id: string;
  readonly alertId: string;
  readonly asker: { readonly code: string };
  readonly provider: { readonly code: string };
  readonly use: string;
  readonly purpose: string;
  readonly toMember: { readonly code: string } | null;
  readonly toCountry: string | null;
  readonly state: string;
  readonly until: string | null;
  readonly reason: string | null;
  readonly request: string;
  readonly answers: readonly string[];
}

/** What comes of a statement. */
export interface ResultAnswer {
  readonly __typename: string;
  readonly code?: string;
  readonly path?: readonly string[];
  readonly jti?: string;
  readonly repeated?: boolean;
  readonly receipt?: string;
  readonly obligations?: readonly ObligationAnswer[];
  readonly permission?: PermissionAnswer;
  readonly erasure?: SubjectErasureAnswer;
}

/** An erasure by the person's right as `ERASURE` asks for it. */
export interface SubjectErasureAnswer {
  readonly because: string;
  readonly alerts: number;
  readonly statements: number;
  readonly links: number;
  readonly saltsWaiting: number;
  readonly account: string | null;
  readonly statement: string;
}

export const OBLIGATION =
  'alertId debtor { code } creditor { code } cause incurredAt dueAt state ground answeredAt statements';
export const PERMISSION =
  'id alertId asker { code } provider { code } use purpose toMember { code } toCountry state until reason request answers';

const ERASURE = 'because alerts statements links saltsWaiting account statement';
const OBLIGATIONS_ACCEPTED = `... on ObligationAccepted { jti repeated receipt obligations { ${OBLIGATION} } }`;
const PERMISSION_ACCEPTED = `... on PermissionAccepted { jti repeated receipt permission { ${PERMISSION} } }`;
const WANTED: Readonly<Record<keyof ObligationBodies, string>> = {
  alertErased: OBLIGATIONS_ACCEPTED,
  alertRetained: OBLIGATIONS_ACCEPTED,
  permissionAsked: PERMISSION_ACCEPTED,
  permissionGiven: PERMISSION_ACCEPTED,
  permissionRefused: PERMISSION_ACCEPTED,
  subjectErased: `... on SubjectErased { jti repeated receipt erasure { ${ERASURE} } obligations { ${OBLIGATION} } }`,
};

const OPERATIONS: Readonly<Record<keyof ObligationBodies, string>> = {
  alertErased: 'stateErased',
  alertRetained: 'stateRetained',
  permissionAsked: 'askPermission',
  permissionGiven: 'givePermission',
  permissionRefused: 'refusePermission',
  subjectErased: 'eraseSubject',
};

/** A hub with members that send alerts, read them, and answer for them. */
export class ObligationStage {
  private constructor(
    readonly hub: TestHub,
    private readonly founders: readonly TestOrganisation[],
  ) {}

  static async set(environment: Readonly<Record<string, string>> = {}): Promise<ObligationStage> {
    const hub = await testHub({ environment });
    const { nl, ro, al } = await foundAccord(hub);
    return new ObligationStage(hub, [nl, ro, al]);
  }

  /** A new organisation that may act for every purpose, with one officer. */
  async desk(country: string, name: string, role: OfficerRole = 'case-worker'): Promise<Desk> {
    const who = await organisation(country, name, 'liaison', PURPOSES);
    await admit(this.hub, who, this.founders.filter((founder) => founder.country !== country).slice(0, 2));
    const seat = await certify(this.hub, who, 'desk', role);
    return this.asking(seat, 'protection');
  }

  /** The same seat with a token for another purpose. */
  async asking(seat: OfficerSeat, purpose: Purpose): Promise<Desk> {
    return { member: seat.member, seat, ask: await withToken(this.hub, seat, purpose) };
  }

  /** Raises an alert; its id. */
  async raise(desk: Desk, change: Partial<AlertContent> = {}, jti?: string): Promise<string> {
    const statement = await signRaised(caseContent(change), this.signing(desk, jti));
    const { alertId } = await this.submit<{ alertId?: string }>(
      desk,
      'raiseAlert',
      '... on AlertAccepted { alertId }',
      statement,
    );
    if (alertId === undefined) throw new Error('the alert was refused');
    return alertId;
  }

  async update(desk: Desk, alert: string, change: Partial<AlertContent>): Promise<void> {
    await this.done(desk, 'updateAlert', await signUpdated(alert, caseContent(change), this.signing(desk)));
  }

  async withdraw(desk: Desk, alert: string): Promise<void> {
    await this.done(desk, 'withdrawAlert', await signWithdrawn(alert, 'consent-withdrawn', this.signing(desk)));
  }

  /** Reads an alert; whether there was one to be read. */
  async read(desk: Desk, alert: string): Promise<boolean> {
    const found = await this.query<{ alert: object | null }>(desk, 'query ($id: ID!) { alert(id: $id) { id } }', {
      id: alert,
    });
    return found.alert !== null;
  }

  /** Signs a statement. */
  sign<E extends keyof ObligationBodies>(
    desk: Desk,
    event: E,
    body: ObligationBodies[E] | object,
    jti?: string,
  ): Promise<string> {
    const { audience } = this.hub.identity;
    const claims = { issuer: desk.member, audience, event: EVENTS[event], body: asJson(body), issuedAt: seconds() };
    return signStatement({ ...claims, ...(jti === undefined ? {} : { jti }) }, desk.seat.key);
  }

  /** Sends a signed statement. */
  send(desk: Desk, event: keyof ObligationBodies, statement: string): Promise<ResultAnswer> {
    return this.submit<ResultAnswer>(desk, OPERATIONS[event], `... on Refused { path } ${WANTED[event]}`, statement);
  }

  /** Signs and sends. */
  async say<E extends keyof ObligationBodies>(
    desk: Desk,
    event: E,
    body: ObligationBodies[E] | object,
  ): Promise<ResultAnswer> {
    return this.send(desk, event, await this.sign(desk, event, body));
  }

  /** The obligations of one side, newest first. */
  async obligations(desk: Desk, side: 'OWED_BY_ME' | 'OWED_TO_ME', further = ''): Promise<readonly ObligationAnswer[]> {
    const document = `{ obligations(side: ${side}, first: 100${further}) { edges { node { ${OBLIGATION} } } } }`;
    const { obligations } = await this.query<{ obligations: { edges: readonly { node: ObligationAnswer }[] } }>(
      desk,
      document,
    );
    return obligations.edges.map(({ node }) => node);
  }

  /** The permissions of one side, newest first. */
  async permissions(desk: Desk, side: 'ASKED_BY_ME' | 'ASKED_OF_ME'): Promise<readonly PermissionAnswer[]> {
    const document = `{ permissions(side: ${side}, first: 100) { edges { node { ${PERMISSION} } } } }`;
    const { permissions } = await this.query<{ permissions: { edges: readonly { node: PermissionAnswer }[] } }>(
      desk,
      document,
    );
    return permissions.edges.map(({ node }) => node);
  }

  async query<T>(desk: Desk, document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const { text } = await desk.ask(document, variables);
    const { data, errors } = JSON.parse(text) as { data?: T; errors?: unknown }; // parsing
    if (errors !== undefined || !data) throw new Error(text);
    return data;
  }

  /** Runs what the hub runs each minute. */
  async erase(hub: TestHub = this.hub): Promise<ErasureRunBody> {
    await integrated(hub);
    return hub.app.get(Erasure).run();
  }

  /** Lets days go by for alerts, obligations and links: moves what happened to them into the past. */
  async passDays(days: number): Promise<void> {
    await this.sql(`UPDATE alert SET ended_at = ended_at - make_interval(days => $1)`, [days]);
    await this.sql(
      `UPDATE obligation SET incurred_at = incurred_at - make_interval(days => $1), due_at = due_at - make_interval(days => $1)`,
      [days],
    );
    await this.sql(`UPDATE alert_ending SET at = at - make_interval(days => $1)`, [days]);
  }

  /** Runs SQL as the owner of the database. */
  sql<Row extends Record<string, Json | Date>>(text: string, values: unknown[] = []): Promise<Row[]> {
    return asOwner<Row>(this.hub.database.url, text, values);
  }

  private signing({ seat }: Desk, jti?: string) {
    return { seat, audience: this.hub.identity.audience, ...(jti === undefined ? {} : { jti }) };
  }

  private async done(desk: Desk, operation: string, statement: string): Promise<void> {
    const { code } = await this.submit<{ code?: string }>(desk, operation, '', statement);
    if (code !== undefined) throw new Error(`${operation} was refused: ${code}`);
  }

  private async submit<T>(desk: Desk, operation: string, wanted: string, statement: string): Promise<T> {
    const document = `mutation ($statement: SignedStatement!) { it: ${operation}(statement: $statement)
      { __typename ... on Refused { code } ${wanted} } }`;
    return (await this.query<{ it: T }>(desk, document, { statement })).it;
  }
}

/** Handling that addresses these members for protection, under a code. */
export function to(
  members: readonly string[],
  code: 'H0' | 'H1' | 'H2' | 'H3' = 'H0',
  purposes: readonly Purpose[] = ['protection'],
) {
  return { handling: { purposes, audience: { members }, code } };
}
