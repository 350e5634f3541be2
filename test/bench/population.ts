import type { Pool } from 'pg';
import { Sequencer } from '../../src/transparency/index.js';
import type { RunningHub } from '../../src/hub.js';
import { CaseJudge, OntologyService, VariantRegister } from '../../src/ontology/index.js';
import { drawCases } from './engine.js';

/** What a bench's table holds, printed beside its figures. */
export interface Population {
  readonly alerts: number;
  readonly members: number;
  readonly audiences: number;
  readonly cases: number;
  readonly routes: number;
}

const CASES = 3_000;

/** Forty more active members of as many countries and all kinds. They hold no keys: they are there to be addressed and to have sent. */
const MEMBERS = `
  INSERT INTO member (code, name, kind, country, mandate, state, join_hash, joined_at, state_changed_at)
  SELECT lower(country) || '-bench-' || n, 'Made up ' || n, (ARRAY['rapporteur', 'ngo', 'liaison', 'focal-point'])[1 + n % 4], country,
    ARRAY['protection', 'prevention', 'monitoring'], 'active', sha256(n::text::bytea), now(), now()
  FROM unnest(ARRAY['AT', 'BA', 'CH', 'CY', 'CZ', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'ME', 'MK', 'MT', 'NO',
    'PL', 'PT', 'RS', 'SE', 'SI', 'SK', 'TR', 'UA', 'XK', 'GE', 'AM', 'VN', 'TH', 'PH', 'BR', 'CO', 'IN', 'LK']) WITH ORDINALITY AS c (country, n)`;

/** Four hundred audiences: everybody, one or three countries, a kind, two to four members; each for one to three purposes. */
const AUDIENCES = `
  INSERT INTO audience (hash, purposes, everyone, members, countries, kinds)
  SELECT sha256(('bench audience ' || n)::bytea),
    (ARRAY['protection', 'monitoring', 'prevention'])[1 : 1 + n % 3],
    n % 10 = 0,
    CASE WHEN n % 10 IN (1, 2, 3, 4, 5) THEN (SELECT array_agg(code) FROM (SELECT code FROM member ORDER BY md5(code || n) LIMIT 2 + n % 3) m) ELSE '{}' END,
    CASE WHEN n % 10 IN (6, 7, 8) THEN (SELECT array_agg(country) FROM (SELECT DISTINCT country FROM member ORDER BY country) c WHERE md5(country || n) < '2') END,
    CASE WHEN n % 10 = 9 THEN ARRAY[(ARRAY['rapporteur', 'ngo', 'liaison', 'focal-point'])[1 + n % 4]] END
  FROM generate_series(1, 400) n`;

const ROUTES = `
  INSERT INTO route (hash, origin, transit, exploitation)
  SELECT sha256(('bench route ' || a.country || b.country)::bytea), ARRAY[a.country], '{}', ARRAY[b.country]
  FROM (SELECT DISTINCT country FROM member) a CROSS JOIN (SELECT DISTINCT country FROM member) b
  ORDER BY md5(a.country || b.country) LIMIT 1000`;

/** Alerts over real statements of the sandbox, each with a sender, an audience, a case and a route drawn by a hash of its number; a few of each are far more frequent than the rest, but of cases when they are to be even. */
const ALERTS = `
  WITH template AS (SELECT row_number() OVER (ORDER BY position) - 1 AS n, a.* FROM alert a WHERE a.id IN (SELECT id FROM alert ORDER BY position LIMIT 300)),
  size AS (SELECT count(*) AS n FROM template),
  sender AS (SELECT row_number() OVER (ORDER BY md5(code)) - 1 AS n, code FROM member WHERE state = 'active'),
  audience_of AS (SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM audience),
  case_of AS (SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM judged_case),
  route_of AS (SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM route),
  made AS (
    INSERT INTO log_entry (issuer, jti, event, payload_hash)
    SELECT s.code, 'bench-' || i, 'https://w3id.org/symbolon/events/alert-raised', sha256(i::text::bytea)
    FROM generate_series($1::bigint, $2::bigint) i
    JOIN sender s ON s.n = (abs(hashint8(i)) % 1000 * (abs(hashint8(i + 7)) % 1000) / 1000 * (SELECT count(*) FROM sender) / 1000)
    RETURNING position, jti, issuer
  ),
  drawn AS (SELECT m.*, substr(m.jti, 7)::bigint AS i FROM made m)
  INSERT INTO alert (position, id, sender, kind, raised_at, expires_at, audience_id, case_id, route_id, age_band, identification, started_from, started_to, statement)
  SELECT d.position, gen_random_uuid(), d.issuer, t.kind, t.raised_at, t.expires_at, au.id, c.id, r.id, t.age_band, t.identification, t.started_from, t.started_to, t.statement
  FROM drawn d
  JOIN template t ON t.n = d.i % (SELECT n FROM size)
  JOIN audience_of au ON au.n = (abs(hashint8(d.i * 3)) % 1000 * (abs(hashint8(d.i * 5)) % 1000) / 1000 * (SELECT count(*) FROM audience_of) / 1000)
  JOIN case_of c ON c.n = CASE WHEN $3::boolean THEN d.i % (SELECT count(*) FROM case_of)
    ELSE abs(hashint8(d.i * 7)) % 1000 * (abs(hashint8(d.i * 11)) % 1000) / 1000 * (SELECT count(*) FROM case_of) / 1000 END
  JOIN route_of r ON r.n = (abs(hashint8(d.i * 13)) % 1000 * (abs(hashint8(d.i * 17)) % 1000) / 1000 * (SELECT count(*) FROM route_of) / 1000)`;

const AT_ONCE = 100_000;

/** Cases as the hub enters them, many at once. */
const ENTER = `
  INSERT INTO judged_case (hash, facts, present, revision, met, undetermined)
  SELECT sha256(convert_to(facts, 'UTF8')), facts::jsonb, present::text[], $5, met::smallint[], undetermined::smallint[]
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS g (facts, present, met, undetermined) ON CONFLICT DO NOTHING`;
const CASES_AT_ONCE = 1_000;

/** Inboxes are filled from here on: filling those of everybody would go on while others are measured. */
export const TELL_NOBODY = 'UPDATE inbox_fill SET position = (SELECT max(position) FROM log_entry)';

/** Fills a hub's table up to the number of alerts. Cases are drawn and judged as the hub does; with a number of them, they are in as many alerts each. */
export async function populate(hub: RunningHub, pool: Pool, alerts: number, cases?: number): Promise<Population> {
  await enterCases(hub, pool, cases ?? CASES);
  await pool.query(MEMBERS);
  await pool.query(AUDIENCES);
  await pool.query(ROUTES);
  for (let from = 1; from <= alerts; from += AT_ONCE)
    await pool.query(ALERTS, [from, Math.min(alerts, from + AT_ONCE - 1), cases !== undefined]);
  await pool.query(TELL_NOBODY);
  while ((await hub.app.get(Sequencer).look()) !== 'rested'); // else it would be at it while others are measured
  await pool.query('VACUUM ANALYZE');
  const { rows } = await pool.query<Population>(
    `SELECT (SELECT count(*) FROM alert)::int AS alerts, (SELECT count(DISTINCT sender) FROM alert)::int AS members,
      (SELECT count(DISTINCT audience_id) FROM alert)::int AS audiences, (SELECT count(DISTINCT case_id) FROM alert)::int AS cases,
      (SELECT count(DISTINCT route_id) FROM alert)::int AS routes`,
  );
  const [population] = rows;
  if (!population) throw new Error('the population was not counted');
  return population;
}

async function enterCases({ app }: RunningHub, pool: Pool, count: number): Promise<void> {
  const [{ concepts, engine }, judge] = [app.get(OntologyService), app.get(CaseJudge)];
  const { revision } = app.get(VariantRegister);
  const drawn = drawCases(concepts, count);
  for (let from = 0; from < count; from += CASES_AT_ONCE) {
    const rows = drawn.slice(from, from + CASES_AT_ONCE).map((facts) => {
      const prepared = engine.prepare(facts);
      const { met, undetermined } = judge.verdictIds(prepared);
      return [
        JSON.stringify(facts),
        ...[engine.presentIn(prepared), met, undetermined].map((ids) => `{${ids.join()}}`),
      ];
    });
    const columns = [0, 1, 2, 3].map((column) => rows.map((row) => row[column]));
    await pool.query(ENTER, [...columns, revision]);
  }
}
