import type { MigrationInterface, QueryRunner } from 'typeorm';

const SALT = 'sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))';

/** All of a day in one statement. */
export const ENTERING_AT_ONCE = `
  CREATE FUNCTION enter_access_day(due date, audience text) RETURNS SETOF bytea
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
  DECLARE
    label constant bytea := convert_to('symbolon access record', 'UTF8');
    day_name constant bytea := convert_to(to_char(due, 'YYYY-MM-DD'), 'UTF8');
    one record;
    owning text;
    counted bigint := 0;
    chain bytea;
  BEGIN
    IF due IS DISTINCT FROM access_day_due() THEN RETURN; END IF;
    IF (SELECT c.until FROM access_closing c) < (due + 1)::timestamp AT TIME ZONE 'UTC' THEN RAISE EXCEPTION 'this day is not closed'; END IF;
    FOR one IN
      SELECT r.owner, r.reader, r.officer, r.purpose, r.operation, to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
        (SELECT coalesce(string_agg('alert:' || i.id, ' ' ORDER BY i.place), '') FROM unnest(r.alert_ids) WITH ORDINALITY AS i (id, place)) AS ids
      FROM access_record r
      WHERE r.at >= due::timestamp AT TIME ZONE 'UTC' AND r.at < (due + 1)::timestamp AT TIME ZONE 'UTC'
      ORDER BY r.owner, r.id
    LOOP
      IF owning IS DISTINCT FROM one.owner THEN
        IF owning IS NOT NULL THEN INSERT INTO access_summary_owner (day, owner, reads, hash) VALUES (due, owning, counted, chain); END IF;
        owning := one.owner;
        counted := 0;
        chain := sha256(length_prefixed(convert_to('symbolon access records', 'UTF8'), convert_to(audience, 'UTF8'), convert_to(owning, 'UTF8'), day_name));
      END IF;
      counted := counted + 1;
      chain := sha256(length_prefixed(label, chain, convert_to(one.at, 'UTF8'), convert_to(one.reader, 'UTF8'), convert_to(one.officer, 'UTF8'),
        convert_to(one.purpose, 'UTF8'), convert_to(one.operation, 'UTF8'), convert_to(one.ids, 'UTF8')));
    END LOOP;
    IF owning IS NOT NULL THEN INSERT INTO access_summary_owner (day, owner, reads, hash) VALUES (due, owning, counted, chain); END IF;
    INSERT INTO access_summary_owner (day, owner, reads, hash)
      SELECT due, m.code, 0, sha256(length_prefixed(convert_to('symbolon access records', 'UTF8'), convert_to(audience, 'UTF8'), convert_to(m.code, 'UTF8'), day_name))
      FROM member m ON CONFLICT (day, owner) DO NOTHING;
    UPDATE access_summary_owner o SET leaf = sha256('\\x00'::bytea || length_prefixed(convert_to('symbolon access day', 'UTF8'), o.salt,
      convert_to(audience, 'UTF8'), convert_to(o.owner, 'UTF8'), day_name, int8send(o.reads), o.hash)) WHERE o.day = due;
    RETURN QUERY SELECT access_day_leaves(due);
  END $$;`;

/**
 * What the hub signs of each day's access records. The records of all owners are hashed in the database, so that the role that serves members need not be able
 * to read them. A day is closed first and hashed
 * when nobody is left who may have begun to write before it was.
 */
export class AddAccessSummaries1795460018300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Records come in the order of time, nearly: a few pages say where a day lies.
      CREATE INDEX access_record_at ON access_record USING brin (at) WITH (pages_per_range = 16, autosummarize = on);

      CREATE TABLE access_closing (
        one boolean NOT NULL DEFAULT true CONSTRAINT access_closing_pk PRIMARY KEY CONSTRAINT access_closing_one CHECK (one),
        until timestamptz NOT NULL DEFAULT '-infinity'
      );
      INSERT INTO access_closing DEFAULT VALUES;
      COMMENT ON TABLE access_closing IS 'Up to when the days of access records are closed. Written by functions alone.';
      GRANT SELECT ON access_closing TO symbolon_app;
      CREATE FUNCTION access_instant() RETURNS timestamptz LANGUAGE sql STABLE SET search_path = symbolon, pg_temp AS $$
        SELECT greatest(now(), (SELECT c.until FROM access_closing c))
      $$;
      REVOKE ALL ON FUNCTION access_instant FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION access_instant TO symbolon_app;
      COMMENT ON FUNCTION access_instant IS 'How an access record is dated: by the beginning of its transaction, but never into a day that is closed.';
      ALTER TABLE access_record ALTER COLUMN at SET DEFAULT access_instant();

      CREATE TABLE access_summary (
        day date NOT NULL CONSTRAINT access_summary_pk PRIMARY KEY,
        position bigint NOT NULL,
        root bytea NOT NULL CONSTRAINT access_summary_root_length CHECK (octet_length(root) = 32),
        statement text NOT NULL
      );
      COMMENT ON TABLE access_summary IS 'What the hub signed of the access records of each day, by its place in the log. Append-only.';
      GRANT SELECT, INSERT ON access_summary TO symbolon_app;

      CREATE TABLE access_summary_owner (
        day date NOT NULL,
        owner text NOT NULL,
        reads bigint NOT NULL,
        salt bytea NOT NULL DEFAULT ${SALT} CONSTRAINT access_summary_owner_salt_length CHECK (octet_length(salt) = 32),
        hash bytea NOT NULL CONSTRAINT access_summary_owner_hash_length CHECK (octet_length(hash) = 32),
        leaf bytea,
        CONSTRAINT access_summary_owner_pk PRIMARY KEY (day, owner)
      );
      COMMENT ON TABLE access_summary_owner IS 'The leaves under each root: for each member, read or not, how many records there were, the hash over them, and the salt that hides both from others. Written by functions alone.';
      ALTER TABLE access_summary_owner ENABLE ROW LEVEL SECURITY;
      CREATE POLICY access_summary_owner_read ON access_summary_owner FOR SELECT TO symbolon_app USING (owner = (SELECT current_member()));
      GRANT SELECT ON access_summary_owner TO symbolon_app;

      CREATE FUNCTION length_prefixed(VARIADIC parts bytea[]) RETURNS bytea LANGUAGE sql IMMUTABLE SET search_path = symbolon, pg_temp AS $$
        SELECT string_agg(substring(int4send(octet_length(p.part)) FROM 3) || p.part, ''::bytea ORDER BY p.place)
        FROM unnest(parts) WITH ORDINALITY AS p (part, place)
      $$;
      REVOKE ALL ON FUNCTION length_prefixed FROM PUBLIC;
      COMMENT ON FUNCTION length_prefixed IS 'Each part after its length in two bytes, as the protocol hashes lists.';

      CREATE FUNCTION access_day_due() RETURNS date
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
        SELECT d.day FROM (
          SELECT coalesce((SELECT max(s.day) + 1 FROM access_summary s), (SELECT min((r.at AT TIME ZONE 'UTC')::date) FROM access_record r)) AS day
        ) d WHERE now() >= (d.day + 1)::timestamp AT TIME ZONE 'UTC' + interval '1 minute'
      $$;
      REVOKE ALL ON FUNCTION access_day_due FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION access_day_due TO symbolon_app;
      COMMENT ON FUNCTION access_day_due IS 'The next day to be summarised that ended; the first is that of the first record. Null when there is none.';

      CREATE FUNCTION close_access_day() RETURNS date
      LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      DECLARE
        due date := access_day_due();
        ending timestamptz := (due + 1)::timestamp AT TIME ZONE 'UTC';
      BEGIN
        UPDATE access_closing c SET until = ending WHERE c.until < ending;
        RETURN due;
      END $$;
      REVOKE ALL ON FUNCTION close_access_day FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION close_access_day TO symbolon_app;
      COMMENT ON FUNCTION close_access_day IS 'Closes the day that is due: whoever begins to write a record from now on dates it later. Null when none is due.';

      ${ENTERING_AT_ONCE}

      CREATE FUNCTION access_day_leaves(of_day date) RETURNS SETOF bytea
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
        SELECT o.leaf FROM access_summary_owner o WHERE o.day = of_day ORDER BY o.leaf
      $$;
      REVOKE ALL ON FUNCTION enter_access_day, access_day_leaves FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION enter_access_day, access_day_leaves TO symbolon_app;
      COMMENT ON FUNCTION enter_access_day IS 'Hashes the records of the day that is due, a leaf for each member, and gives the leaves in order (PROTOCOL.md T20, T21).';
      COMMENT ON FUNCTION access_day_leaves IS 'The leaves of a day in the order of the tree: the salted hashes, in which nobody recognises any but its own.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION enter_access_day, close_access_day, access_day_leaves, access_day_due, length_prefixed;
      ALTER TABLE access_record ALTER COLUMN at SET DEFAULT now();
      DROP FUNCTION access_instant;
      DROP TABLE access_summary_owner, access_summary, access_closing;
      DROP INDEX access_record_at;
    `);
  }
}
