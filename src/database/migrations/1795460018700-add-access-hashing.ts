import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ENTERING_AT_ONCE } from './1795460018300-add-access-summaries.js';

const DAY = "(at AT TIME ZONE 'UTC')::date";

/**
 * A day is hashed a bounded number of records at a time, each part in a transaction of its own, so that a day of any number of records is finished, whatever cuts a
 * part off. The index has the records of a day by owner and number: a part costs what it hashes, and nothing for what lies before or behind it.
 */
export class AddAccessHashing1795460018700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX access_record_at;
      CREATE INDEX access_record_day ON access_record ((${DAY}), owner, id);

      CREATE TABLE access_hashing (
        day date NOT NULL CONSTRAINT access_hashing_pk PRIMARY KEY,
        owner text NOT NULL DEFAULT '',
        id bigint NOT NULL DEFAULT 0,
        finished boolean NOT NULL DEFAULT false
      );
      COMMENT ON TABLE access_hashing IS 'How far the day that is being summarised is hashed: its last record, in the order of owners and numbers. Empty between days. For functions alone.';
      ALTER TABLE access_hashing ENABLE ROW LEVEL SECURITY;

      CREATE FUNCTION hash_access_records(due date, audience text, most integer) RETURNS boolean
      LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      DECLARE
        -- All of a record's bytes that come before the hash before it.
        front constant bytea := length_prefixed(convert_to('symbolon access record', 'UTF8')) || '\\x0020'::bytea;
        part access_hashing;
        entered access_summary_owner;
        one record;
        hashed integer := 0;
      BEGIN
        IF due IS DISTINCT FROM access_day_due() THEN RETURN NULL; END IF;
        IF (SELECT c.until FROM access_closing c) < (due + 1)::timestamp AT TIME ZONE 'UTC' THEN RAISE EXCEPTION 'this day is not closed'; END IF;
        INSERT INTO access_hashing (day) VALUES (due) ON CONFLICT DO NOTHING;
        SELECT * INTO STRICT part FROM access_hashing h WHERE h.day = due FOR UPDATE;
        IF part.finished THEN RETURN false; END IF;
        -- Whatever the planner believes of the day, to read it in order up to the limit costs no more than that.
        PERFORM set_config('enable_sort', 'off', true);
        FOR one IN
          SELECT r.owner, r.id, ${['at', 'reader', 'officer', 'purpose', 'operation', 'ids'].map((told) => prefixed(`r.${told}`)).join(' || ')} AS told
          FROM (
            SELECT owner, id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, reader, officer, purpose, operation,
              CASE WHEN alert_ids = '{}' THEN '' ELSE 'alert:' || array_to_string(alert_ids, ' alert:') END AS ids
            FROM access_record WHERE ${DAY} = due AND (owner, id) > (part.owner, part.id) ORDER BY ${DAY}, owner, id LIMIT most
          ) r
        LOOP
          IF entered.owner IS DISTINCT FROM one.owner THEN
            UPDATE access_summary_owner o SET reads = entered.reads, hash = entered.hash WHERE o.day = due AND o.owner = entered.owner;
            INSERT INTO access_summary_owner (day, owner, reads, hash) VALUES (due, one.owner, 0, empty_access_hash(audience, one.owner, due))
              ON CONFLICT DO NOTHING;
            SELECT * INTO STRICT entered FROM access_summary_owner o WHERE o.day = due AND o.owner = one.owner;
          END IF;
          entered.reads := entered.reads + 1;
          entered.hash := sha256(front || entered.hash || one.told);
          part.owner := one.owner;
          part.id := one.id;
          hashed := hashed + 1;
        END LOOP;
        UPDATE access_summary_owner o SET reads = entered.reads, hash = entered.hash WHERE o.day = due AND o.owner = entered.owner;
        UPDATE access_hashing h SET owner = part.owner, id = part.id, finished = hashed < most WHERE h.day = due;
        RETURN hashed = most;
      END $$;
      COMMENT ON FUNCTION hash_access_records IS 'Hashes the next records of the day that is due, no more than so many (PROTOCOL.md T20); whether there may be more. Null when the day is not due any more.';

      CREATE FUNCTION empty_access_hash(audience text, owner text, of_day date) RETURNS bytea LANGUAGE sql STABLE SET search_path = symbolon, pg_temp AS $$
        SELECT sha256(length_prefixed(convert_to('symbolon access records', 'UTF8'), convert_to(audience, 'UTF8'), convert_to(owner, 'UTF8'),
          convert_to(to_char(of_day, 'YYYY-MM-DD'), 'UTF8')))
      $$;
      COMMENT ON FUNCTION empty_access_hash IS 'The hash of an owner''s day on which nothing was read (PROTOCOL.md T20).';
      REVOKE ALL ON FUNCTION hash_access_records, empty_access_hash FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hash_access_records TO symbolon_app;

      CREATE OR REPLACE FUNCTION enter_access_day(due date, audience text) RETURNS SETOF bytea
      LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      BEGIN
        IF due IS DISTINCT FROM access_day_due() THEN RETURN; END IF;
        DELETE FROM access_hashing h WHERE h.day = due AND h.finished;
        IF NOT FOUND THEN RETURN; END IF;
        INSERT INTO access_summary_owner (day, owner, reads, hash)
          SELECT due, m.code, 0, empty_access_hash(audience, m.code, due) FROM member m ON CONFLICT (day, owner) DO NOTHING;
        UPDATE access_summary_owner o SET leaf = sha256('\\x00'::bytea || length_prefixed(convert_to('symbolon access day', 'UTF8'), o.salt,
          convert_to(audience, 'UTF8'), convert_to(o.owner, 'UTF8'), convert_to(to_char(due, 'YYYY-MM-DD'), 'UTF8'), int8send(o.reads), o.hash))
          WHERE o.day = due;
        RETURN QUERY SELECT access_day_leaves(due);
      END $$;
      COMMENT ON FUNCTION enter_access_day IS 'Makes a leaf for each member of the day that is due, when all of its records are hashed, and gives the leaves in order (PROTOCOL.md T21); none otherwise.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${ENTERING_AT_ONCE.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION')}
      DROP FUNCTION hash_access_records, empty_access_hash;
      DROP TABLE access_hashing;
      DROP INDEX access_record_day;
      CREATE INDEX access_record_at ON access_record USING brin (at) WITH (pages_per_range = 16, autosummarize = on);
    `);
  }
}

/** A text after its length in two bytes, without the calls of a function that a million records would pay for. */
function prefixed(text: string): string {
  return `substring(int4send(octet_length(${text})) FROM 3) || convert_to(${text}, 'UTF8')`;
}
