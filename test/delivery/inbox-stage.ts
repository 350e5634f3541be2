import { signRaised, signUpdated, signWithdrawn, type OfficerSeat } from '../../src/member/index.js';
import { INBOX, type InboxAnswer, type InboxPageAnswer } from '../../src/member/documents/inbox.js';
import { RAISE_ALERT, UPDATE_ALERT, WITHDRAW_ALERT } from '../../src/member/documents/alert-submission.js';
import {
  type AlertContent,
  EVENTS,
  type MemberKind,
  type OfficerRole,
  type Purpose,
  PURPOSES,
  signStatement,
} from '../../src/protocol/index.js';
import type { TestHub } from '../support/hub.js';
import {
  admit,
  caseContent,
  certify,
  foundAccord,
  organisation,
  seconds,
  type TestOrganisation,
} from '../support/organisation.js';
import { type Ask, withToken } from '../support/raw-seat.js';
import { toldAll } from '../support/told.js';

/** Changes what an alert says of whom it is for. */
export type Audience = AlertContent['handling']['audience'];

/** An officer of a member, with a token for each purpose of its mandate. */
export interface Reader {
  readonly who: TestOrganisation;
  readonly seat: OfficerSeat;
  /** Asks with the token for a purpose. */
  ask(purpose: Purpose): Ask;
}

/** A hub with members who send and members who are told. */
export class InboxStage {
  private constructor(
    readonly hub: TestHub,
    readonly founders: readonly TestOrganisation[],
  ) {}

  static async on(hub: TestHub): Promise<InboxStage> {
    const { nl, ro, al } = await foundAccord(hub);
    return new InboxStage(hub, [nl, ro, al]);
  }

  /** A new member with one officer. */
  async reader(
    country: string,
    name: string,
    how: { kind?: MemberKind; mandate?: readonly Purpose[]; role?: OfficerRole } = {},
  ): Promise<Reader> {
    const { kind = 'liaison', mandate = PURPOSES, role = 'case-worker' } = how;
    const who = await organisation(country, name, kind, mandate);
    await admit(this.hub, who, this.founders.filter((founder) => founder.country !== country).slice(0, 2));
    return this.seated(who, role);
  }

  /** Another officer of a member. */
  async seated(who: TestOrganisation, role: OfficerRole): Promise<Reader> {
    const seat = await certify(this.hub, who, `${role}-1`, role);
    const asks = new Map<Purpose, Ask>();
    for (const purpose of who.mandate) asks.set(purpose, await withToken(this.hub, seat, purpose));
    const ask = (purpose: Purpose): Ask => {
      const found = asks.get(purpose);
      if (!found) throw new Error('no token for this purpose');
      return found;
    };
    return { who, seat, ask };
  }

  /** Raises an alert; its id. */
  async raise(
    by: Reader,
    audience: Audience,
    purposes: readonly Purpose[] = ['protection'],
    change = {},
  ): Promise<string> {
    const content = caseContent({ handling: { purposes, audience, code: 'H0' }, ...change });
    return this.send(by, purposes[0] ?? 'protection', RAISE_ALERT, await signRaised(content, this.signing(by)));
  }

  async update(
    by: Reader,
    alert: string,
    audience: Audience,
    purposes: readonly Purpose[] = ['protection'],
    change = {},
  ): Promise<void> {
    const content = caseContent({ handling: { purposes, audience, code: 'H0' }, ...change });
    await this.send(by, purposes[0] ?? 'protection', UPDATE_ALERT, await signUpdated(alert, content, this.signing(by)));
  }

  async withdraw(by: Reader, alert: string): Promise<void> {
    await this.send(by, 'protection', WITHDRAW_ALERT, await signWithdrawn(alert, 'safety', this.signing(by)));
  }

  /** Has an alert erased by the person's right. */
  async eraseByRight(by: Reader, alert: string): Promise<void> {
    const claims = { issuer: by.who.code, audience: this.hub.identity.audience, event: EVENTS.subjectErased };
    const body = { alert, because: 'consent-withdrawn' };
    const statement = await signStatement({ ...claims, body, issuedAt: seconds() }, by.seat.key);
    const document = `mutation ($statement: SignedStatement!) { result: eraseSubject(statement: $statement) {
      ... on SubjectErased { jti } ... on Refused { code } } }`;
    const { result } = await answered<{ result: { jti?: string } }>(by.ask('protection'), document, { statement });
    if (result.jti === undefined) throw new Error('not erased');
  }

  /** Has the hub tell all that was accepted until now. */
  told(): Promise<void> {
    return toldAll(this.hub);
  }

  private signing({ seat }: Reader) {
    return { seat, audience: this.hub.identity.audience };
  }

  private async send(by: Reader, purpose: Purpose, document: string, statement: string): Promise<string> {
    const { result } = await answered<{ result: { alertId?: string; code?: string } }>(by.ask(purpose), document, {
      statement,
    });
    if (result.alertId === undefined) throw new Error(`not accepted: ${result.code ?? '?'}`);
    return result.alertId;
  }
}

/** The data of an answer. */
export async function answered<T>(
  ask: Ask,
  document: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<T> {
  const { text } = await ask(document, variables);
  const { data, errors } = JSON.parse(text) as { data?: T; errors?: unknown }; // parsing
  if (errors !== undefined || !data) throw new Error(`an error: ${text}`);
  return data;
}

/** A page of an inbox. */
export async function pageOf(ask: Ask, variables: Readonly<Record<string, unknown>> = {}): Promise<InboxPageAnswer> {
  return (await answered<InboxAnswer>(ask, INBOX, { first: 100, ...variables })).inbox;
}

/** What an inbox tells, shortly: number, event and what it is about. */
export async function tales(ask: Ask): Promise<readonly string[]> {
  const { edges } = await pageOf(ask);
  return edges.map(({ node }) => `${node.seq} ${node.event} ${node.alertId ?? node.linkId ?? '-'} ${node.content}`);
}
