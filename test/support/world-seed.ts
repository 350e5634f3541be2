import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { CaseBook } from '../../src/ontology/index.js';
import { type AlertContent, type Audience, EVENTS, knownFactsOf } from '../../src/protocol/index.js';
import { asJson, caseContent } from './organisation.js';
import { isInForce } from './reading-rule.js';
import { restLog } from './rested-log.js';
import type { DrawnAlert, DrawnMember, World } from './worlds.js';

/** Since when everything in a drawn world stands; of this run, so that two databases say the same. */
export const SINCE = new Date(Date.now() - 3_600_000).toISOString();
const PAST = new Date(Date.now() - 1_000).toISOString();
/** Until when what is in force in a drawn world is in force. */
export const UNTIL = new Date(Date.now() + 86_400_000).toISOString();
const EXPIRES = UNTIL.slice(0, 10);

/** How many alerts each alert of a drawn world is counted as in the picture: enough to be shown. */
export const ALERTS_OF_A_PIECE = 11;

/** Every table that a world lies in, those that refer to others first. */
const TABLES = [
  'picture_piece',
  'picture_release',
  'access_record',
  'alert_statement',
  'alert',
  'audience',
  'route',
  'membership_vote',
].concat(...['membership_statement', 'log_entry', 'officer', 'member_key', 'member']);
/** What the hub itself keeps once for many alerts it also remembers: only what was sown, numbered downwards from 0, may go. */
const EMPTY = TABLES.map(
  (table) => `DELETE FROM ${table}${['audience', 'route'].includes(table) ? ' WHERE id < 0' : ''}`,
);
/** After how many worlds the rows of past ones are swept out: every query has to wade through them. */
const SWEEP = 10;

/** What a database was through before it came to hold a world. Nobody may tell it from an answer. */
export interface Past {
  /** In which order rows were written, and hence where they lie. */
  readonly along: 'forward' | 'backward';
  /** How many numbers were given before. */
  readonly from: number;
}

const NO_PAST: Past = { along: 'forward', from: 0 };

/** Puts drawn worlds into a hub's database, past row-level security. */
export class WorldSeed {
  private sown = 0;

  constructor(
    private readonly owner: pg.Client,
    private readonly cases: CaseBook,
  ) {}

  /** Makes the database hold this world and no other. */
  async sow({ members, alerts }: World, { along, from }: Past = NO_PAST): Promise<void> {
    if (this.sown === 0) await restLog(this.owner);
    const cases = await Promise.all(alerts.map((alert) => this.cases.idOf(knownFactsOf(contentOf(alert), noCode))));
    let position = from;
    const rows = alerts.map((alert, place) => alertSql(alert, (position += alert.gap), cases[place] ?? 0));
    const [first, then] = [members.map(memberSql), rows].map((sql) => (along === 'forward' ? sql : sql.toReversed()));
    if (++this.sown % SWEEP === 0) await this.owner.query(`VACUUM ${TABLES.join(', ')}`);
    const next = `SELECT setval(pg_get_serial_sequence('log_entry', 'position'), ${position + 1})`;
    await this.owner.query([...EMPTY, ...(first ?? []), ...(then ?? []), next].join('; '));
  }
}

/** What the sender of a drawn alert signed. */
export function contentOf(alert: DrawnAlert): AlertContent {
  const { kind, ageBand, identification, start, origin, transit, exploitation, facts, purposes } = alert;
  const person = kind === 'pattern' ? undefined : ageBand === null ? {} : { ageBand };
  return caseContent({
    kind,
    person,
    episode: { origin, transit, exploitation, ...(start === null ? {} : { start }) },
    ...(kind === 'returnee' ? { return: { manner: 'return/voluntary' } } : {}),
    ...(identification === null ? {} : { identification: { status: identification } }),
    facts,
    handling: { purposes, audience: audienceOf(alert), code: 'H0' },
    expires: EXPIRES,
  });
}

function audienceOf({ everyone, members, countries, kinds }: DrawnAlert): Audience {
  return {
    ...{ members, ...(everyone ? { everyone: true } : {}) },
    ...(countries === null ? {} : { countries }),
    ...(kinds === null ? {} : { kinds }),
  };
}

function noCode(): never {
  throw new Error('drawn alerts bear no national codes');
}

function memberSql({ code, country, kind, mandate, state }: DrawnMember): string {
  return `INSERT INTO member VALUES ('${code}', '${code}', '${kind}', '${country}', ${list(mandate)}, '${state}', sha256('${code}'), '${SINCE}', '${SINCE}')`;
}

function alertSql(alert: DrawnAlert, position: number, caseId: number): string {
  const { id, sender, kind, state, past, ageBand, identification, receivedAt, start } = alert;
  const hash = createHash('sha256').update(id).digest('hex');
  const claims = asJson({ events: { [EVENTS.alertRaised]: contentOf(alert) } });
  const statement = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
  const [from, to] = start === null ? ['NULL', 'NULL'] : [day(start, 'first'), day(start, 'last')];
  return `
    INSERT INTO log_entry (position, issuer, jti, event, payload_hash, received_at) OVERRIDING SYSTEM VALUE
    VALUES (${position}, '${sender}', '${id}', 'e', '\\x${hash}', '${receivedAt}');
    INSERT INTO audience (id, hash, purposes, everyone, members, countries, kinds) OVERRIDING SYSTEM VALUE
    VALUES (-${position}, '\\x${hash}', ${list(alert.purposes)}, ${String(alert.everyone)}, ${list(alert.members)}, ${list(alert.countries)}, ${list(alert.kinds)});
    INSERT INTO route (id, hash, origin, transit, exploitation) OVERRIDING SYSTEM VALUE
    VALUES (-${position}, '\\x${hash}', ${list(alert.origin)}, ${list(alert.transit)}, ${list(alert.exploitation)});
    INSERT INTO alert (position, id, sender, kind, state, raised_at, received_at, expires_at, audience_id, case_id, route_id,
      age_band, identification, started_from, started_to, statement)
    VALUES (${position}, '${id}', '${sender}', '${kind}', '${state}', '${SINCE}', '${receivedAt}', '${past ? PAST : UNTIL}', -${position}, ${caseId}, -${position},
      ${text(ageBand)}, ${text(identification)}, ${from}, ${to}, '${statement}');
    INSERT INTO alert_statement VALUES (${position}, '${id}', 'replaced')${isInForce(alert) ? `; ${piecesSql(alert, position, caseId)}` : ''}`;
}

/** What the picture shows of an alert: a piece of the core, and one with verdicts. `value` of the core, which is not shown, says which alert it is. */
function piecesSql({ id, kind, start }: DrawnAlert, position: number, caseId: number): string {
  const about = kind === 'pattern' ? 'pattern' : 'person';
  const release = `INSERT INTO picture_release (register, audience_id, about, released_on, threshold) VALUES ('counted', -${position}, '${about}', '${SINCE}'::date, ${ALERTS_OF_A_PIECE})`;
  const pieces = ['core', 'law'].map(
    (
      facet,
    ) => `INSERT INTO picture_piece (release_id, register, audience_id, about, facet, year, value, case_ids, alerts)
    SELECT max(id), 'counted', -${position}, '${about}', '${facet}', ${text(start?.slice(0, 4) ?? '')}, '${facet === 'core' ? id : ''}', '{${caseId}}', ${ALERTS_OF_A_PIECE} FROM picture_release WHERE audience_id = -${position}`,
  );
  return [release, ...pieces].join('; ');
}

function text(value: string | null): string {
  return value === null ? 'NULL' : `'${value}'`;
}

function list(values: readonly string[] | null): string {
  return values === null ? 'NULL' : `ARRAY[${values.map((one) => `'${one}'`).join(', ')}]::text[]`;
}

/** The first or last day of a year, a month or a day, as SQL. */
function day(partial: string, which: 'first' | 'last'): string {
  const length = partial.length === 4 ? '1 year' : partial.length === 7 ? '1 month' : '1 day';
  const first = `date '${partial}${'-01-01'.slice(partial.length - 4)}'`;
  return which === 'first' ? first : `(${first} + interval '${length}' - interval '1 day')::date`;
}
