import pg from 'pg';
import { type OfficerSeat, signRaised, signUpdated, signWithdrawn } from '../../../src/member/index.js';
import {
  type AlertContent,
  encodeBase64url,
  EVENTS,
  generateSigningKey,
  type MembershipEvent,
  type OfficerRole,
  randomJti,
  signPayload,
} from '../../../src/protocol/index.js';
import { asOwner } from '../../support/database.js';
import { testHub, type TestHub } from '../../support/hub.js';
import {
  admit,
  asJson,
  caseContent,
  certify,
  foundAccord,
  organisation,
  say,
  seconds,
  type TestOrganisation,
} from '../../support/organisation.js';
import { type Ask, withToken } from '../../support/raw-seat.js';

/** Stands in each request for what must never come back in an answer; each form holds the same first name. */
export const MARKER = { text: 'Zamira Petrova 1999', word: 'ZamiraPetrova1999', code: 'zamira-petrova-1999' } as const;
export const FIRST_NAME = /zamira/i;

/** A hub with an accord, and a desk in Albania that asks for protection. */
export class Stage {
  private made = 0;
  private readonly held: (() => void)[] = [];

  private constructor(
    readonly hub: TestHub,
    readonly founders: { readonly nl: TestOrganisation; readonly ro: TestOrganisation; readonly al: TestOrganisation },
    readonly desk: OfficerSeat,
    /** The desk's way of asking. */
    readonly ask: Ask,
    /** That of a liaison officer of the desk's member. */
    readonly askAsLiaison: Ask,
    /** That of a rapporteur’s analyst, for monitoring. */
    readonly askAsAnalyst: Ask,
  ) {}

  static async set(): Promise<Stage> {
    const hub = await testHub();
    const founders = await foundAccord(hub);
    const desk = await certify(hub, founders.al, 'desk', 'case-worker');
    const liaison = await certify(hub, founders.al, 'liaison', 'liaison');
    const analyst = await certify(hub, founders.nl, 'analyst', 'analyst');
    const ask = await withToken(hub, desk, 'protection');
    const others = [await withToken(hub, liaison, 'protection'), await withToken(hub, analyst, 'monitoring')] as const;
    return new Stage(hub, founders, desk, ask, ...others);
  }

  /** Resolves when the next answer is there. */
  untilAnswered(): Promise<void> {
    return new Promise((resolve) => this.held.push(resolve));
  }

  /** Lets go what was held up until an answer was there. */
  answered(): void {
    for (const letGo of this.held.splice(0)) letGo();
  }

  /** A `jti` that holds the marker. */
  jti(): string {
    return `${MARKER.word}${randomJti()}`;
  }

  /** A signed alert, of the desk unless told otherwise. */
  alert(change: object = {}, how: { seat?: OfficerSeat; jti?: string; issuedAt?: number } = {}): Promise<string> {
    return signRaised({ ...caseContent(), ...change }, { ...this.signing(), ...how });
  }

  /** A signed update of an alert of the desk. */
  update(alert: string, change: Partial<AlertContent> = {}): Promise<string> {
    return signUpdated(alert, caseContent(change), this.signing());
  }

  /** A signed withdrawal. */
  withdrawal(alert: string): Promise<string> {
    return signWithdrawn(alert, 'raised-in-error', this.signing());
  }

  /** The claims of an alert of the desk, changed as given, signed by the desk whatever they say. */
  claims(change: object, typ = 'secevent+jwt'): Promise<string> {
    return signPayload({ ...this.plainClaims(), ...change }, this.desk.key, typ);
  }

  /** A statement with a header of its own and a signature that was made by nobody. */
  assemble(header: object, payload = JSON.stringify(this.plainClaims()), signature = 'AAAA'): string {
    const { algorithm, kid } = this.desk.key;
    const head = { alg: algorithm, typ: 'secevent+jwt', kid, ...header };
    const [first, second] = [JSON.stringify(head), payload].map((text) => encodeBase64url(Buffer.from(text)));
    return `${first}.${second}.${signature}`;
  }

  /** A signed membership statement whose `jti` holds the marker. */
  says(who: TestOrganisation, event: MembershipEvent, body: object, change: object = {}): Promise<string> {
    return say(this.hub, who, event, body, { jti: this.jti(), ...change });
  }

  /** An organisation of Germany whose code holds the marker, and that nobody knows yet. */
  newcomer(): Promise<TestOrganisation> {
    return organisation('DE', `${MARKER.code}-${++this.made}`, 'ngo', ['protection']);
  }

  /** An organisation of Germany that was admitted. */
  async member(): Promise<TestOrganisation> {
    const who = await this.newcomer();
    await admit(this.hub, who, [this.founders.nl, this.founders.ro]);
    return who;
  }

  /** Has a membership statement accepted, or a later statement about an alert. */
  async submitted(operation: string, statement: string): Promise<void> {
    await this.accepted(operation, statement, '__typename');
  }

  /** Raises an alert and gives its id. */
  raise(statement: string): Promise<string> {
    return this.accepted('raiseAlert', statement, '... on AlertAccepted { alertId }');
  }

  /** Has members of two other countries suspend one. */
  async suspend({ code }: TestOrganisation): Promise<void> {
    for (const voter of [this.founders.nl, this.founders.ro])
      await this.submitted('suspend', await this.says(voter, 'suspend', { member: code, reason: 'inactive' }));
  }

  /** A certificate that a member would ask for. */
  async certificate(): Promise<object> {
    const { jwk } = await generateSigningKey();
    return { officer: MARKER.code, role: 'analyst', key: jwk, until: seconds() + 3600 };
  }

  /** Another officer of the desk's member, whose code holds the marker. */
  colleague(role: OfficerRole = 'case-worker'): Promise<OfficerSeat> {
    return certify(this.hub, this.founders.al, `${MARKER.code}-${++this.made}`, role);
  }

  /** Runs SQL as the owner of the database: for what only time could bring about. */
  async sql(text: string, values: unknown[]): Promise<void> {
    await asOwner(this.hub.database.url, text, values);
  }

  /** Holds a lock of the database, of two numbers that SQL calculates, until an answer is there. */
  async holdLock(numbers: string): Promise<void> {
    const holder = new pg.Client(this.hub.database.url);
    await holder.connect();
    await holder.query(`SELECT pg_advisory_lock(${numbers})`);
    void this.untilAnswered().then(() => holder.end());
  }

  private async accepted(operation: string, statement: string, wanted: string): Promise<string> {
    const document = `mutation ($statement: SignedStatement!) { it: ${operation}(statement: $statement)
      { ... on Refused { code } ${wanted} } }`;
    const { text } = await this.ask(document, { statement });
    const { it } = (JSON.parse(text) as { data: { it: { code?: string; alertId?: string } } }).data; // parsing
    if (it.code !== undefined) throw new Error(`what leads to the refusal was itself refused: ${it.code}`);
    return it.alertId ?? '';
  }

  private signing() {
    return { seat: this.desk, audience: this.hub.identity.audience, jti: this.jti() };
  }

  private plainClaims() {
    return {
      iss: this.desk.member,
      aud: this.hub.identity.audience,
      iat: seconds(),
      jti: this.jti(),
      events: { [EVENTS.alertRaised]: asJson(caseContent()) },
    };
  }
}
