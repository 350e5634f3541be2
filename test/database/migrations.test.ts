import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import PgBoss from 'pg-boss';
import type { DataSource } from 'typeorm';
import { appDataSource, migrate } from '../../src/database/index.js';
import { MIGRATIONS } from '../../src/database/migrations/index.js';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.js';

/** Tables without row-level security, each with the reason; whoever adds a table says here why, or protects it. */
const OPEN: Readonly<Record<string, string>> = {
  access_closing: 'an instant',
  access_summary: 'days, and roots over salted hashes',
  accord_term: 'the accord’s deadlines',
  audience: 'sets of addressees, which name no alert',
  custodian: 'codes, addresses and thumbprints, public',
  definition_variant: 'the law',
  erasure_run: 'numbers',
  judged_case: 'sets of facts, which name no alert, no person, no country',
  linkage_confirmed: 'for the matcher alone, which has no asker',
  linkage_epoch: 'what custodians signed, public',
  linkage_key: 'for the matcher alone, which has no asker',
  linkage_kin: 'the same',
  linkage_population: 'the same',
  linkage_record: 'the same',
  linkage_regrouping: 'the same',
  linkage_rungs: 'the same',
  linkage_token: 'the same',
  log_entry: 'hashes',
  log_node: 'hashes',
  member: 'the member list',
  member_key: 'public keys',
  membership_statement: 'what members said of each other, for every member to check',
  membership_vote: 'countersignatures',
  migrations: 'which migrations ran',
  oauth_record: 'the token service, before anybody is known',
  officer: 'codes and public keys',
  picture_mark: 'a place of the log',
  picture_rule: 'the accord’s rules of disclosure',
  picture_summed: 'a hash of laws',
  privacy_budget: 'a number',
  publication: 'what anybody may fetch',
  restoration: 'the operator’s reasons',
  route: 'sets of countries, which name no alert',
  seen_link: 'a view with the rights of its owner, which itself asks for current_member()',
  seen_proof: 'hashes of proofs, before anybody is known',
  trait: 'combinations of codes, which name no alert',
  tree_head: 'what the hub signed of its log, public',
};

/** Tables of the matcher, of which the app role may do nothing. */
const MATCHED = [
  ...['linkage_confirmed', 'linkage_key', 'linkage_kin', 'linkage_population'],
  ...['linkage_record', 'linkage_regrouping', 'linkage_rungs', 'linkage_token'],
];

/** Tables of finished numbers, which the counter writes and the app role reads. */
const FINISHED = ['picture_piece', 'picture_release', 'picture_rule', 'picture_sum', 'picture_summed'];
/** Tables of the counter, of which the app role may do nothing. */
const COUNTED = ['picture_class', 'picture_counted', 'picture_mark', 'picture_noted', 'picture_waiting'];
/** What the counter reads of others. */
const READ_TO_COUNT = ['audience', 'judged_case', 'route', 'trait', 'tree_head'];

/** Tables that only grow, each with a column that somebody might want to change. */
const APPEND_ONLY = [
  ['access_record', 'reader'],
  ['alert_statement', 'statement'],
  ['erasure_run', 'alerts'],
  ['linkage_epoch', 'statements'],
  ['log_entry', 'payload_hash'],
  ['log_node', 'hash'],
  ['membership_statement', 'statement'],
  ['publication', 'document'],
  ['publication_asked', 'statement'],
  ['tree_head', 'root'],
] as const;
const ROLES = ['symbolon_app', 'symbolon_counter', 'symbolon_matcher'];

/** Everything in the schema that a migration can make, one line each. */
const EVERYTHING = `
  SELECT line FROM (
    SELECT format('column %s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attacl) AS line
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'symbolon'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL SELECT format('relation %s %s %s %s %s', relname, relkind, relpersistence, relrowsecurity, relacl)
      FROM pg_class WHERE relnamespace = 'symbolon'::regnamespace
    UNION ALL SELECT format('constraint %s %s', conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace = 'symbolon'::regnamespace
    UNION ALL SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'symbolon'
    UNION ALL SELECT format('function %s %s', pg_get_functiondef(oid), proacl)
      FROM pg_proc WHERE pronamespace = 'symbolon'::regnamespace
    UNION ALL SELECT format('policy %s %s %s %s %s', tablename, policyname, cmd, qual, with_check)
      FROM pg_policies WHERE schemaname = 'symbolon'
  ) everything ORDER BY line`;

let database: TestDatabase;
let app: DataSource;

beforeAll(async () => {
  database = await testDatabase('empty');
  await migrate(database.url);
  app = await appDataSource(database.url, 1).initialize();
});
afterAll(async () => {
  await app.destroy();
  await database.drop();
});

async function everything(): Promise<string[]> {
  return (await asOwner<{ line: string }>(database.url, EVERYTHING)).map(({ line }) => line);
}

async function ranMigrations(): Promise<string[]> {
  const rows = await asOwner<{ name: string }>(database.url, 'SELECT name FROM migrations ORDER BY id');
  return rows.map(({ name }) => name);
}

describe('the migrations', () => {
  it('run from an empty database, each once, oldest first', async () => {
    expect(await ranMigrations()).toEqual(MIGRATIONS.map(({ name }) => name).sort((a, b) => stampOf(a) - stampOf(b)));
    expect((await everything()).length).toBeGreaterThan(100);
  });

  it('change nothing when they run again, and nothing of what is in the tables', async () => {
    await asOwner(
      database.url,
      "INSERT INTO log_entry (issuer, jti, event, payload_hash) VALUES ('aa-one', 'kept', 'e', $1)",
      [Buffer.alloc(32)],
    );
    const [before, ran] = [await everything(), await ranMigrations()];
    await migrate(database.url);
    expect(await everything()).toEqual(before);
    expect(await ranMigrations()).toEqual(ran);
    expect(await asOwner(database.url, 'SELECT jti FROM log_entry')).toEqual([{ jti: 'kept' }]);
  });

  it('say of every table what it holds', async () => {
    const silent = `
      SELECT relname FROM pg_class WHERE relnamespace = 'symbolon'::regnamespace AND relkind IN ('r', 'p')
        AND obj_description(oid) IS NULL AND relname <> 'migrations'`;
    expect(await asOwner(database.url, silent)).toEqual([]);
  });
});

describe('the app role', () => {
  it('is bound by row-level security on every table that holds alerts or who read them', async () => {
    const rows: { name: string; bound: boolean }[] = await app.query(`
      SELECT relname AS name, row_security_active(oid) AS bound FROM pg_class
      WHERE relnamespace = 'symbolon'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY relname`);
    const unbound = rows.filter(({ bound }) => !bound).map(({ name }) => name);
    expect(unbound).toEqual(Object.keys(OPEN));
    const bound = rows.filter((row) => row.bound).map(({ name }) => name);
    expect(bound).toEqual([
      ...['access_hashing', 'access_record', 'access_summary_owner', 'alert', 'alert_ending', 'alert_person'],
      ...['alert_reader', 'alert_statement', 'dead_letter'],
      ...['inbox', 'inbox_entry', 'inbox_fill', 'inbox_reading', 'inbox_settled'],
      ...['link', 'link_side', 'link_statement', 'linkage_arrival'],
      ...['obligation', 'obligation_statement', 'permission'],
      ...['picture_class', 'picture_counted', 'picture_noted', 'picture_piece', 'picture_release', 'picture_sum'],
      ...['picture_waiting', 'publication_asked', 'push_stream', 'subject_erasure', 'waiting_salt'],
    ]);
  });

  it('finds no policy that lets everybody pass', async () => {
    const policies = await asOwner<{ policyname: string; condition: string }>(
      database.url,
      `SELECT policyname, coalesce(qual, with_check) AS condition FROM pg_policies
        WHERE schemaname = 'symbolon' AND NOT roles <@ '{symbolon_matcher,symbolon_counter}'`,
    );
    expect(policies.length).toBeGreaterThan(6);
    for (const { condition } of policies) expect(condition).toContain('current_member()');
  });

  it('is no superuser, bypasses nothing, makes no roles or databases, and belongs to no other role', async () => {
    const roles = await asOwner(
      database.url,
      `SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)
        AND NOT (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)
        AND NOT EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid) ORDER BY rolname`,
      [ROLES],
    );
    expect(roles).toEqual(ROLES.map((rolname) => ({ rolname })));
  });

  it('owns nothing and may make nothing in the schema', async () => {
    const owned = `
      SELECT classid::regclass::text FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND deptype = 'o'
        AND refobjid IN (SELECT oid FROM pg_roles WHERE rolname = ANY ($1))`;
    expect(await asOwner(database.url, owned, [ROLES])).toEqual([]);
    await expect(app.query('CREATE TABLE symbolon.mine ()')).rejects.toThrow('permission denied');
  });

  it.each(APPEND_ONLY)('adds to %s and may change no %s, delete nothing and not empty it', async (table, column) => {
    const may = async (what: string): Promise<unknown> =>
      (await app.query<{ may: boolean }[]>(`SELECT ${what} AS may`))[0]?.may;
    expect(await may(`has_table_privilege('${table}', 'INSERT')`)).toBe(true);
    expect(await may(`has_table_privilege('${table}', 'DELETE, TRUNCATE, TRIGGER, REFERENCES')`)).toBe(false);
    expect(await may(`has_any_column_privilege('${table}', 'UPDATE')`)).toBe(false);
    for (const sql of [
      `UPDATE ${table} SET ${column} = ${column}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
    ])
      await expect(app.query(sql)).rejects.toThrow('permission denied');
  });

  it.each([
    ['picture_rule', 'threshold'],
    ['privacy_budget', 'rho_micro'],
    ['accord_term', 'erasure_days'],
    ['restoration', 'resumed_at'],
  ])('reads %s, which the operator alone writes', async (table, column) => {
    await app.query(`SELECT FROM ${table}`);
    for (const sql of [`UPDATE ${table} SET ${column} = DEFAULT`, `DELETE FROM ${table}`])
      await expect(app.query(sql)).rejects.toThrow('permission denied');
  });

  it('may delete no alert and empty no table', async () => {
    await expect(app.query('DELETE FROM alert')).rejects.toThrow('permission denied');
    const emptied = `
      SELECT relname FROM pg_class WHERE relnamespace = 'symbolon'::regnamespace AND relkind IN ('r', 'p')
        AND has_table_privilege(oid, 'TRUNCATE, TRIGGER')`;
    expect(await app.query(emptied)).toEqual([]);
  });

  it('shares what it may do with nobody: no table is open to every role, to the matcher only what it matches, to the counter what it counts', async () => {
    const granted = `
      SELECT DISTINCT c.relname, g.grantee::regrole::text AS role FROM pg_class c, aclexplode(c.relacl) g
      WHERE c.relnamespace = 'symbolon'::regnamespace
        AND g.grantee NOT IN (c.relowner, 'symbolon_app'::regrole) ORDER BY c.relname`;
    const rows = await asOwner<{ relname: string; role: string }>(database.url, granted);
    const openTo = (wanted: string) => rows.flatMap(({ relname, role }) => (role === wanted ? [relname] : []));
    expect(new Set(rows.map(({ role }) => role))).toEqual(new Set(['symbolon_counter', 'symbolon_matcher']));
    expect(openTo('symbolon_counter')).toEqual([...COUNTED, ...READ_TO_COUNT, ...FINISHED, 'alert_person'].sort());
    expect(openTo('symbolon_matcher')).toEqual([
      ...['alert_person', 'link', 'link_side'],
      ...['linkage_arrival', ...MATCHED],
    ]);
  });

  it.each(['linkage_arrival', ...MATCHED, ...COUNTED])('reads nothing of %s', async (table) => {
    for (const sql of [`SELECT FROM ${table}`, `DELETE FROM ${table}`, `SELECT count(*) FROM ${table}`])
      await expect(app.query(sql)).rejects.toThrow('permission denied');
  });
});

describe('functions that run with the rights of their owner', () => {
  it('look for names in the schema only, in temporary tables last, and are for the app role or the matcher’s alone', async () => {
    const functions = await asOwner<{ name: string; config: string[] | null; open: boolean }>(
      database.url,
      `SELECT proname AS name, proconfig AS config, proacl IS NULL OR EXISTS (
          SELECT FROM aclexplode(proacl) WHERE grantee NOT IN (
            proowner, CASE WHEN proname = 'place_held_link' THEN 'symbolon_matcher'::regrole ELSE 'symbolon_app'::regrole END)) AS open
        FROM pg_proc WHERE pronamespace = 'symbolon'::regnamespace AND prosecdef ORDER BY proname`,
    );
    expect(functions.map(({ name }) => name)).toEqual([
      ...[
        'access_day_due',
        'access_day_leaves',
        'answer_obligation',
        'assert_arrival_of_sender',
        'classify_link',
        'close_access_day',
        'close_openings',
        'count_confirmed',
      ],
      'delivery_age',
      'destroy_waiting_salts',
      ...[
        'due_inbox_entries',
        'due_push_streams',
        'end_alert',
        'end_flags',
        'end_flags_without_tokens',
        'enter_access_day',
        'enter_link_statement',
        'erase_due',
      ],
      ...[
        'erase_subject',
        'expire_alerts',
        'fill_inboxes',
        'flag_exceeds',
        'flag_owners',
        'forget_counted',
        'hash_access_records',
        'hold_link',
        'hold_privacy_budget',
        'inbox_withdrawals',
      ],
      ...[
        'keep_alert_person',
        'keep_salt_until_hashed',
        'linked_alerts',
        'note_alert_readers',
        'note_regrouping',
        'open_obligations',
      ],
      ...['own_obligations', 'place_held_link', 'place_of_link', 'position_of', 'recall_readers', 'regroup_persons'],
      'salts_waiting',
    ]);
    for (const one of functions) expect(one).toMatchObject({ config: ['search_path=symbolon, pg_temp'], open: false });
  });

  it('are not led astray by a temporary table of the same name', async () => {
    const id = randomUUID();
    await app.query('CREATE TEMPORARY TABLE alert (id uuid, position bigint)');
    await app.query('INSERT INTO pg_temp.alert VALUES ($1, 7)', [id]);
    expect(await app.query('SELECT position_of($1) AS position', [id])).toEqual([{ position: null }]);
    await app.query('DROP TABLE pg_temp.alert');
  });
});

describe('the job queue', () => {
  it('lets the app role work on jobs, and make, change or empty nothing else', async () => {
    const may = (what: string) => app.query<unknown>(`SELECT ${what} AS may`);
    expect(await may("has_schema_privilege('symbolon_queue', 'CREATE')")).toEqual([{ may: false }]);
    for (const table of ['queue', 'schedule', 'subscription', 'version', 'job', 'archive'])
      expect(await may(`has_table_privilege('symbolon_queue.${table}', 'TRUNCATE, TRIGGER, REFERENCES')`)).toEqual([
        { may: false },
      ]);
    await expect(app.query(`SELECT symbolon_queue.create_queue('mine', '{}')`)).rejects.toThrow('permission denied');
    await expect(app.query('UPDATE symbolon_queue.version SET version = 1')).rejects.toThrow('permission denied');
  });

  it('is kept tidy by the library as the app role', async () => {
    await asOwner(
      database.url,
      `INSERT INTO symbolon_queue.job (name, state, started_on, completed_on, expire_in, policy, retry_limit) VALUES
        ('push', 'completed', now() - interval '1 hour', now() - interval '1 hour', '1 second', 'short', 0),
        ('push', 'active', now() - interval '1 hour', NULL, '1 second', 'short', 0)`,
    );
    const db = { executeSql: async (sql: string, values: unknown[]) => ({ rows: await app.query(sql, values) }) };
    const boss = new PgBoss({ db, schema: 'symbolon_queue', archiveCompletedAfterSeconds: 60 });
    await boss.maintain();
    expect(await asOwner(database.url, 'SELECT state FROM symbolon_queue.archive')).toEqual([{ state: 'completed' }]);
    expect(await asOwner(database.url, 'SELECT state FROM symbolon_queue.job')).toEqual([{ state: 'failed' }]);
  });

  it('is the one that the library of this version expects', async () => {
    const made = PgBoss.getConstructionPlans('symbolon_queue').match(/VALUES \('(\d+)'\)/)?.[1];
    expect(await asOwner(database.url, 'SELECT version FROM symbolon_queue.version')).toEqual([
      { version: Number(made) },
    ]);
  });
});

describe('links', () => {
  it.each(['link', 'link_side'])('are not open to the app role in any part of %s', async (table) => {
    const may = `SELECT has_any_column_privilege('${table}', 'SELECT, INSERT, UPDATE, REFERENCES') OR has_table_privilege('${table}', 'DELETE, TRUNCATE, TRIGGER') AS may`;
    expect(await app.query(may)).toEqual([{ may: false }]);
    const column = table === 'link' ? 'state' : 'decision';
    for (const sql of [`SELECT FROM ${table}`, `UPDATE ${table} SET ${column} = 'confirmed'`, `DELETE FROM ${table}`])
      await expect(app.query(sql)).rejects.toThrow('permission denied');
  });

  it('have statements that only functions add and nobody changes', async () => {
    for (const sql of [
      "UPDATE link_statement SET statement = ''",
      'DELETE FROM link_statement',
      'INSERT INTO link_statement DEFAULT VALUES',
    ])
      await expect(app.query(sql)).rejects.toThrow('permission denied');
    for (const sql of [
      "UPDATE seen_link SET state = 'confirmed'",
      'DELETE FROM seen_link',
      'INSERT INTO seen_link DEFAULT VALUES',
    ])
      await expect(app.query(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|55000)$/) });
  });

  it('show nothing to whoever acts for nobody', async () => {
    expect(await app.query('SELECT * FROM seen_link')).toEqual([]);
    expect(await app.query('SELECT * FROM link_statement')).toEqual([]);
  });
});

describe('what an alert refers to', () => {
  const alert = (change: Readonly<Record<string, string>> = {}) => {
    const value = { position: '700', sender: "'aa-one'", audience_id: '1', case_id: '1', route_id: '1', ...change };
    return `INSERT INTO alert (id, kind, raised_at, expires_at, ${Object.keys(value).join(', ')})
      VALUES (gen_random_uuid(), 'case', now(), now(), ${Object.values(value).join(', ')})`;
  };

  beforeAll(async () => {
    await asOwner(
      database.url,
      `INSERT INTO log_entry (position, issuer, jti, event, payload_hash) OVERRIDING SYSTEM VALUE VALUES (700, 'aa-one', 'j', 'e', sha256('x'));
       INSERT INTO member VALUES ('aa-one', 'One', 'ngo', 'AL', '{protection}', 'active', 'x', now(), now());
       INSERT INTO audience (id, hash, purposes, everyone, members) OVERRIDING SYSTEM VALUE VALUES (1, 'x', '{protection}', true, '{}');
       INSERT INTO route (id, hash, origin, transit, exploitation) OVERRIDING SYSTEM VALUE VALUES (1, 'x', '{}', '{}', '{}');
       INSERT INTO judged_case (id, hash, facts, present, revision, met, undetermined) OVERRIDING SYSTEM VALUE VALUES (1, 'x', '{}', '{}', 'x', '{}', '{}')`,
    );
  });

  it('is there, or the alert is not written', async () => {
    await asOwner(database.url, alert());
    const dangling = { position: '9', sender: "'zz-nobody'", audience_id: '9', case_id: '9', route_id: '9' };
    for (const [column, value] of Object.entries(dangling))
      await expect(asOwner(database.url, alert({ [column]: value }))).rejects.toMatchObject({ code: '23503' });
  });

  it('keeps its number, whatever the app role does', async () => {
    for (const table of ['audience', 'judged_case', 'route'])
      await expect(app.query(`UPDATE ${table} SET id = DEFAULT`)).rejects.toMatchObject({ code: '42501' });
  });

  it('is there also after a change', async () => {
    const change = asOwner(database.url, 'UPDATE alert SET audience_id = 9');
    await expect(change).rejects.toMatchObject({ code: '23503', constraint: 'alert_references' });
    expect(await asOwner(database.url, 'SELECT audience_id FROM alert')).toEqual([{ audience_id: 1 }]);
  });
});

function stampOf(name: string): number {
  return Number(name.slice(-13));
}

describe('the counter', () => {
  it('reads how alerts are coded, and nothing that was said', async () => {
    const may = `SELECT attname FROM pg_attribute WHERE attrelid = 'symbolon.alert'::regclass AND attnum > 0 AND NOT attisdropped
      AND NOT has_column_privilege('symbolon_counter', 'symbolon.alert', attname, 'SELECT') ORDER BY attname`;
    const hidden = await asOwner<{ attname: string }>(database.url, may);
    expect(hidden.map(({ attname }) => attname)).toEqual(expect.arrayContaining(['statement']));
    const said =
      "SELECT has_column_privilege('symbolon_counter', 'symbolon.alert_statement', 'statement', 'SELECT') AS may";
    expect(await asOwner(database.url, said)).toEqual([{ may: false }]);
    const others = `SELECT relname FROM pg_class WHERE relnamespace = 'symbolon'::regnamespace AND relkind IN ('r', 'p')
      AND has_any_column_privilege('symbolon_counter', oid, 'SELECT') ORDER BY relname`;
    const readable = await asOwner<{ relname: string }>(database.url, others);
    expect(readable.map(({ relname }) => relname)).toEqual(
      [
        ...[...COUNTED, ...READ_TO_COUNT, ...FINISHED, 'alert_person'],
        ...['alert', 'alert_statement', 'link', 'link_side', 'member'],
      ].sort(),
    );
  });
});
