import { MemberClient, type ActingSeat, type OfficerSeat } from '../../src/member/index.js';
import { MembershipService } from '../../src/membership/index.js';
import {
  type AlertContent,
  EVENTS,
  generateSigningKey,
  type Json,
  type MemberKind,
  type MembershipEvent,
  type OfficerRole,
  type Purpose,
  signStatement,
  type SigningKey,
} from '../../src/protocol/index.js';
import type { TestHub } from './hub.js';
import { checkContent } from '../../src/member/files/index.js';

/** A made-up organisation of a real country, with its keys. */
export interface TestOrganisation {
  readonly code: string;
  readonly country: string;
  readonly kind: MemberKind;
  readonly mandate: readonly Purpose[];
  key: SigningKey;
  readonly seats: Map<string, OfficerSeat>;
}

/** Now, seconds since 1970. */
export function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** An organisation that has not joined yet; its code is made from country and name. */
export async function organisation(
  country: string,
  name: string,
  kind: MemberKind,
  mandate: readonly Purpose[],
): Promise<TestOrganisation> {
  return {
    code: `${country.toLowerCase()}-${name}`,
    country,
    kind,
    mandate,
    key: await generateSigningKey(),
    seats: new Map(),
  };
}

/** Signs a membership statement of an organisation. */
export function say(
  hub: TestHub,
  who: TestOrganisation,
  event: MembershipEvent,
  body: object,
  change: object = {},
): Promise<string> {
  const statement = {
    issuer: who.code,
    audience: hub.identity.audience,
    event: EVENTS[event],
    body: asJson(body),
    issuedAt: seconds(),
    ...change,
  };
  return signStatement(statement, who.key);
}

/** The join statement of an organisation. */
export function joinStatement(hub: TestHub, who: TestOrganisation, change: object = {}): Promise<string> {
  const accord = hub.app.get(MembershipService).accord.hash;
  const { country, kind, mandate, key } = who;
  return say(hub, who, 'join', { accord, name: `The ${who.code}`, kind, country, mandate, key: key.jwk, ...change });
}

/** Three founders of three countries, of kinds that between them may do everything. */
export async function foundAccord(
  hub: TestHub,
): Promise<{ nl: TestOrganisation; ro: TestOrganisation; al: TestOrganisation }> {
  const [nl, ro, al] = await Promise.all([
    organisation('NL', 'rapporteur', 'rapporteur', ['monitoring', 'prevention']),
    organisation('RO', 'liaison', 'liaison', ['protection', 'prosecution', 'prevention', 'monitoring']),
    organisation('AL', 'ngo', 'ngo', ['protection', 'prevention']),
  ]);
  const membership = hub.app.get(MembershipService);
  for (const founder of [nl, ro, al]) await membership.join(await joinStatement(hub, founder));
  await membership.found([nl, ro, al].map(({ code }) => code));
  return { nl, ro, al };
}

/** Has an organisation join and founders of other countries countersign. */
export async function admit(hub: TestHub, who: TestOrganisation, by: readonly TestOrganisation[]): Promise<void> {
  const membership = hub.app.get(MembershipService);
  const { joinHash } = await membership.join(await joinStatement(hub, who));
  for (const voucher of by)
    await membership.countersign(await say(hub, voucher, 'countersign', { member: who.code, join: joinHash }));
}

/** Certifies an officer and keeps its seat. */
export async function certify(
  hub: TestHub,
  who: TestOrganisation,
  officer: string,
  role: OfficerRole,
): Promise<OfficerSeat> {
  const key = await generateSigningKey();
  const body = { officer, role, key: key.jwk, until: seconds() + 86_400 };
  await hub.app.get(MembershipService).certifyOfficer(await say(hub, who, 'certifyOfficer', body));
  const seat = { member: who.code, officer, role, key };
  who.seats.set(officer, seat);
  return seat;
}

/** An officer at work over HTTP. */
export function connect(hub: TestHub, seat: ActingSeat, purpose: Purpose): Promise<MemberClient> {
  return MemberClient.connect({ check: checkContent, hub: hub.url, audience: hub.identity.audience, seat, purpose });
}

/** The content of a plain case alert for protection to everyone, changed as given. */
export function caseContent(change: Partial<AlertContent> = {}): AlertContent {
  return {
    kind: 'case',
    person: { ageBand: 'person-age-band/24-26', gender: 'person-gender/woman', citizenships: ['AL'] },
    episode: { origin: ['AL'], exploitation: ['NL'], start: '2025' },
    facts: { present: ['act/recruitment', 'means/deception', 'purpose/sexual-exploitation'] },
    legalBasis: { ground: 'public-task' },
    handling: { purposes: ['protection', 'monitoring'], audience: { everyone: true }, code: 'H0' },
    evaluation: { source: 'B', information: 2 },
    expires: new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10),
    ...change,
  };
}

/** The value as JSON would carry it. */
export function asJson(value: object): { readonly [key: string]: Json } {
  return JSON.parse(JSON.stringify(value)) as { readonly [key: string]: Json };
}
