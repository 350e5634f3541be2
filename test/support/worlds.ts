import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type MemberKind, type MemberState, type Purpose, PURPOSES } from '../../src/protocol/index.js';
import { asJson, caseContent } from './organisation.js';

/** A member of a drawn world. */
export interface DrawnMember {
  readonly code: string;
  readonly country: string;
  readonly kind: MemberKind;
  readonly mandate: readonly Purpose[];
  readonly state: MemberState;
}

/** An alert of a drawn world; `sender` and the members addressed are codes. */
export interface DrawnAlert {
  readonly sender: string;
  readonly state: 'active' | 'withdrawn' | 'expired';
  readonly past: boolean;
  readonly kind: 'case' | 'retrafficking';
  readonly purposes: readonly Purpose[];
  readonly everyone: boolean;
  readonly members: readonly string[];
  readonly countries: readonly string[] | null;
  readonly kinds: readonly MemberKind[] | null;
}

/** Members and the alerts among them, in the order of acceptance. */
export interface World {
  readonly members: readonly DrawnMember[];
  readonly alerts: readonly DrawnAlert[];
}

const CODES = ['aa-one', 'bb-two', 'cc-three', 'dd-four', 'ee-five'];
const KINDS: readonly MemberKind[] = ['ngo', 'liaison', 'rapporteur'];
const COUNTRIES = ['AL', 'NL', 'RO'];
const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });

/** Worlds of five members and up to eight alerts. */
export const worlds: fc.Arbitrary<World> = fc.record({
  members: fc.tuple(
    ...CODES.map((code) =>
      fc.record({
        code: fc.constant(code),
        country: fc.constantFrom(...COUNTRIES),
        kind: fc.constantFrom(...KINDS),
        mandate: some(PURPOSES),
        state: fc.constantFrom<MemberState>('active', 'active', 'active', 'pending', 'suspended', 'left'),
      }),
    ),
  ),
  alerts: fc.array(
    fc.record({
      sender: fc.constantFrom(...CODES),
      state: fc.constantFrom(
        'active' as const,
        'active' as const,
        'active' as const,
        'withdrawn' as const,
        'expired' as const,
      ),
      past: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
      kind: fc.constantFrom('case' as const, 'retrafficking' as const),
      purposes: some(PURPOSES),
      everyone: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
      members: fc.subarray(CODES, { maxLength: 2 }),
      countries: fc.option(some(COUNTRIES)),
      kinds: fc.option(some(KINDS)),
    }),
    { maxLength: 8 },
  ),
});

/** The id of the alert at a place of its world: a UUID. */
export function idAt(place: number): string {
  return `00000000-0000-8000-8000-${String(place).padStart(12, '0')}`;
}

/** SQL that makes the database hold this world and no other; `caseId` and `routeId` are rows that are there. */
export function seedSql({ members, alerts }: World, caseId: number, routeId: number): string {
  const list = (values: readonly string[] | null) =>
    values === null ? 'NULL' : `ARRAY[${values.map((one) => `'${one}'`).join(', ')}]::text[]`;
  const sql = [
    'DELETE FROM access_record; DELETE FROM alert_statement; DELETE FROM alert; DELETE FROM audience; DELETE FROM log_entry; DELETE FROM member',
    ...members.map(
      ({ code, country, kind, mandate, state }) =>
        `INSERT INTO member VALUES ('${code}', '${code}', '${kind}', '${country}', ${list(mandate)}, '${state}', '\\x00', now(), now())`,
    ),
  ];
  for (const [place, alert] of alerts.entries()) {
    const hash = createHash('sha256').update(String(place)).digest('hex');
    const expires = alert.past ? "now() - interval '1 second'" : "now() + interval '1 day'";
    const payload = Buffer.from(JSON.stringify(claimsOf(alert))).toString('base64url');
    sql.push(
      `INSERT INTO log_entry (position, issuer, jti, event, payload_hash) OVERRIDING SYSTEM VALUE VALUES (${place + 1}, '${alert.sender}', 'j${place}', 'e', '\\x${hash}')`,
      `INSERT INTO audience (id, hash, purposes, everyone, members, countries, kinds) OVERRIDING SYSTEM VALUE
       VALUES (${place + 1}, '\\x${hash}', ${list(alert.purposes)}, ${String(alert.everyone)}, ${list(alert.members)}, ${list(alert.countries)}, ${list(alert.kinds)})`,
      `INSERT INTO alert (position, id, sender, kind, state, raised_at, expires_at, audience_id, case_id, route_id, statement)
       VALUES (${place + 1}, '${idAt(place)}', '${alert.sender}', '${alert.kind}', '${alert.state}', now(), ${expires}, ${place + 1}, ${caseId}, ${routeId}, 'e30.${payload}.')`,
      `INSERT INTO alert_statement VALUES (${place + 1}, '${idAt(place)}', 'replaced')`,
    );
  }
  return sql.join('; ');
}

function claimsOf({ kind }: DrawnAlert): object {
  return asJson({ events: { 'https://w3id.org/symbolon/events/alert-raised': caseContent({ kind }) } });
}
