import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Content goes some time after an alert ended; what remains is its id, sender, kind and dates, and the hash of each statement in the log, whose salt goes with it. Which alerts are due
 * the function itself decides, so that the app role can erase nothing else by it.
 */
export class AddErasure1795460012600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE alert ADD COLUMN ended_at timestamptz;
      COMMENT ON COLUMN alert.ended_at IS 'When it was withdrawn, or expired; null while it is active. From then on its content waits to be erased.';
      UPDATE alert SET ended_at = CASE state WHEN 'expired' THEN expires_at ELSE now() END WHERE state <> 'active';
      CREATE INDEX alert_erasure ON alert (ended_at) WHERE ended_at IS NOT NULL AND statement IS NOT NULL;
      ALTER TABLE alert ALTER COLUMN case_id DROP NOT NULL, ALTER COLUMN route_id DROP NOT NULL;
      ALTER TABLE alert ADD CONSTRAINT alert_whole CHECK (statement IS NULL OR (case_id IS NOT NULL AND route_id IS NOT NULL));

      CREATE FUNCTION date_ending() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.ended_at := CASE NEW.state WHEN 'active' THEN NULL WHEN 'expired' THEN NEW.expires_at ELSE now() END;
        RETURN NEW;
      END $$;
      COMMENT ON FUNCTION date_ending IS 'Dates the end of an alert, whoever ends it.';
      CREATE TRIGGER alert_dated BEFORE UPDATE OF state ON alert FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION date_ending();

      ${references(
        '(f.case_id IS NOT NULL OR f.statement IS NOT NULL) AND (SELECT true FROM symbolon.judged_case c WHERE c.id = f.case_id) IS NULL',
        '(f.route_id IS NOT NULL OR f.statement IS NOT NULL) AND (SELECT true FROM symbolon.route r WHERE r.id = f.route_id) IS NULL',
      )}

      CREATE TABLE erasure_run (
        position bigint CONSTRAINT erasure_run_pk PRIMARY KEY,
        at timestamptz NOT NULL,
        alerts integer NOT NULL,
        statements integer NOT NULL,
        links integer NOT NULL,
        statement text NOT NULL
      );
      COMMENT ON TABLE erasure_run IS 'What each run of erasure did, by number alone, with the account that the hub signed, by its place in the log. Append-only.';
      GRANT SELECT, INSERT ON erasure_run TO symbolon_app;

      CREATE FUNCTION erase_alerts(ids uuid[], OUT alerts integer, OUT statements integer, OUT links integer)
      LANGUAGE plpgsql VOLATILE SET search_path = symbolon, pg_temp AS $$
      DECLARE
        linked uuid[];
        compared uuid[];
        one uuid;
        counted integer;
      BEGIN
        -- A flag of the hub says what its alerts said.
        SELECT ids || coalesce(array_agg(DISTINCT f.id), '{}') INTO ids FROM link_side s JOIN link l ON l.id = s.link_id
          JOIN alert f ON f.id = l.flag_id WHERE s.alert_id = ANY (ids) AND f.id <> ALL (ids) AND f.statement IS NOT NULL;
        -- Whoever read while an alert ended is known by now.
        FOR one IN SELECT a.id FROM alert a WHERE a.id = ANY (ids) AND a.state = 'withdrawn' LOOP PERFORM open_obligations(one, 'withdrawn'); END LOOP;

        SELECT coalesce(array_agg(DISTINCT s.link_id), '{}') INTO linked FROM link_side s WHERE s.alert_id = ANY (ids);
        SELECT coalesce(array_agg(l.id), '{}') INTO compared FROM link l WHERE l.id = ANY (linked) AND l.compared_at IS NOT NULL;
        -- Of a link that not both have opened only the own side may change: the other holder must not learn that it was no decoy.
        UPDATE log_entry l SET salt = NULL FROM link_statement t, link_side s WHERE l.position = t.position AND t.link_id = ANY (linked)
          AND s.link_id = t.link_id AND s.member = t.issuer AND (t.link_id = ANY (compared) OR s.alert_id = ANY (ids));
        DELETE FROM link_statement t USING link_side s WHERE t.link_id = ANY (linked) AND s.link_id = t.link_id AND s.member = t.issuer
          AND (t.link_id = ANY (compared) OR s.alert_id = ANY (ids));
        GET DIAGNOSTICS statements = ROW_COUNT;
        UPDATE link_side s SET opening = NULL, decision_statement = NULL
          WHERE s.link_id = ANY (linked) AND (s.link_id = ANY (compared) OR s.alert_id = ANY (ids));
        FOR one IN UPDATE link l SET state = 'withdrawn' WHERE l.id = ANY (compared) AND l.state = 'confirmed' RETURNING l.id LOOP
          PERFORM regroup_persons(one);
        END LOOP;
        UPDATE link l SET recurrence = NULL, earlier_alert = NULL, would_decide = '{}' WHERE l.id = ANY (compared);
        links := cardinality(linked);

        -- The matcher alone forgets tokens; it begins with what is left here.
        DELETE FROM linkage_rungs r WHERE r.link_id = ANY (linked);
        DELETE FROM linkage_arrival r WHERE r.alert_id = ANY (ids);
        INSERT INTO linkage_arrival (position, alert_id, sender, expires_at, facts, tokens)
          SELECT a.position, a.id, a.sender, a.expires_at, '{"ageIn": 0, "citizenships": []}', '[]'
          FROM alert a JOIN linkage_record r ON r.alert_id = a.id WHERE a.id = ANY (ids);
        DELETE FROM alert_person p WHERE p.alert_id = ANY (ids);

        UPDATE log_entry l SET salt = NULL WHERE l.position IN (
          SELECT a.position FROM alert a WHERE a.id = ANY (ids) UNION ALL SELECT t.position FROM alert_statement t WHERE t.alert_id = ANY (ids));
        DELETE FROM alert_statement t WHERE t.alert_id = ANY (ids);
        GET DIAGNOSTICS counted = ROW_COUNT;
        statements := statements + counted;
        -- The history of an alert that was updated holds the statement in force.
        SELECT statements + count(*)::integer INTO statements FROM alert a WHERE a.id = ANY (ids) AND a.statement IS NOT NULL AND a.revision = 0;
        UPDATE alert a SET statement = NULL, case_id = NULL, route_id = NULL, age_band = NULL, identification = NULL, started_from = NULL, started_to = NULL,
          state = CASE a.state WHEN 'active' THEN 'withdrawn' ELSE a.state END
          WHERE a.id = ANY (ids) AND a.statement IS NOT NULL;
        GET DIAGNOSTICS alerts = ROW_COUNT;
        DELETE FROM alert_reader r WHERE r.alert_id = ANY (ids);
      END $$;
      REVOKE ALL ON FUNCTION erase_alerts FROM PUBLIC;
      COMMENT ON FUNCTION erase_alerts IS 'Erases the content of alerts with all that rests on it: statements, histories, what is known of the case, tokens, persons, and the statements of links. Counts alerts, statements and links. For functions alone.';

      CREATE FUNCTION erase_due(most integer, OUT alerts integer, OUT statements integer, OUT links integer)
      LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      DECLARE
        due uuid[];
        -- Whose leaf is not in the tree yet keeps its salt until it is (PROTOCOL.md T3).
        hashed bigint := (SELECT coalesce(max(h.size), 0) FROM tree_head h);
      BEGIN
        alerts := 0; statements := 0; links := 0;
        IF NOT pg_try_advisory_xact_lock(hashtext('symbolon erasure')) THEN RETURN; END IF;
        SELECT coalesce(array_agg(d.id), '{}') INTO due FROM (
          SELECT a.id FROM alert a WHERE a.ended_at <= now() - (SELECT make_interval(days => t.erasure_days) FROM accord_term t)
            AND a.ended_at IS NOT NULL AND a.statement IS NOT NULL AND a.position <= hashed
            AND NOT EXISTS (SELECT FROM alert_statement t WHERE t.alert_id = a.id AND t.position > hashed)
            AND NOT EXISTS (SELECT FROM link_side s JOIN link_statement t ON t.link_id = s.link_id WHERE s.alert_id = a.id AND t.position > hashed)
          ORDER BY a.ended_at LIMIT most FOR UPDATE SKIP LOCKED
        ) d;
        IF cardinality(due) = 0 THEN RETURN; END IF;
        SELECT e.alerts, e.statements, e.links INTO alerts, statements, links FROM erase_alerts(due) e;
      END $$;
      REVOKE ALL ON FUNCTION erase_due FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION erase_due TO symbolon_app;
      COMMENT ON FUNCTION erase_due IS 'Erases what is due, of whatever sender, at one node at a time; nothing while another does. It can do nothing else, so the app role may call it.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION erase_due, erase_alerts;
      DROP TABLE erasure_run;
      ${references(
        '(SELECT true FROM symbolon.judged_case c WHERE c.id = f.case_id) IS NULL',
        '(SELECT true FROM symbolon.route r WHERE r.id = f.route_id) IS NULL',
      )}
      DROP TRIGGER alert_dated ON alert;
      DROP FUNCTION date_ending;
      ALTER TABLE alert DROP CONSTRAINT alert_whole;
      ALTER TABLE alert ALTER COLUMN case_id SET NOT NULL, ALTER COLUMN route_id SET NOT NULL;
      DROP INDEX alert_erasure;
      ALTER TABLE alert DROP COLUMN ended_at;
    `);
  }
}

function references(caseMissing: string, routeMissing: string): string {
  return `
    CREATE OR REPLACE FUNCTION assert_alert_references() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      dangling uuid;
    BEGIN
      SELECT f.id INTO dangling FROM fresh f WHERE
        (SELECT true FROM symbolon.log_entry l WHERE l.position = f.position) IS NULL
        OR (f.sender <> 'hub' AND (SELECT true FROM symbolon.member m WHERE m.code = f.sender) IS NULL)
        OR (SELECT true FROM symbolon.audience a WHERE a.id = f.audience_id) IS NULL
        OR (${caseMissing})
        OR (${routeMissing})
      LIMIT 1;
      IF FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'an alert refers to what is not there', CONSTRAINT = 'alert_references';
      END IF;
      RETURN NULL;
    END $$;`;
}
