import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The hub itself raises flags, as the sender 'hub', which can be no member's code. A flag stands and falls with the two alerts on which it rests, whoever
 * ends one of them and however.
 */
export class WidenAlertSenders1795460007200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${references("f.sender <> 'hub' AND (SELECT true FROM symbolon.member m WHERE m.code = f.sender) IS NULL")}
      CREATE INDEX link_flag ON link (flag_id) WHERE flag_id IS NOT NULL;

      CREATE FUNCTION flag_owners(flag uuid) RETURNS SETOF text
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
        SELECT s.member FROM link l JOIN link_side s ON s.link_id = l.id WHERE l.flag_id = flag
      $$;
      REVOKE ALL ON FUNCTION flag_owners FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION flag_owners TO symbolon_app;
      COMMENT ON FUNCTION flag_owners IS 'Who is told that a flag was read: the holders of both alerts on which it rests.';

      CREATE FUNCTION end_flags() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      BEGIN
        UPDATE alert flag SET
          state = CASE WHEN NEW.state = 'withdrawn' THEN 'withdrawn' ELSE flag.state END,
          expires_at = least(flag.expires_at, NEW.expires_at)
        FROM link_side s JOIN link l ON l.id = s.link_id
        WHERE s.alert_id = NEW.id AND flag.id = l.flag_id AND flag.state = 'active';
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION end_flags FROM PUBLIC;
      COMMENT ON FUNCTION end_flags IS 'Withdraws the flags that rest on an alert that is withdrawn, and lets them end no later than the alert.';
      CREATE TRIGGER alert_flags_end AFTER UPDATE OF state, expires_at ON alert FOR EACH ROW
        WHEN (OLD.state = 'active' AND (NEW.state = 'withdrawn' OR NEW.expires_at < OLD.expires_at)) EXECUTE FUNCTION end_flags();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER alert_flags_end ON alert;
      DROP FUNCTION end_flags, flag_owners;
      DROP INDEX link_flag;
      ${references('(SELECT true FROM symbolon.member m WHERE m.code = f.sender) IS NULL')}
    `);
  }
}

function references(senderMissing: string): string {
  return `
    CREATE OR REPLACE FUNCTION assert_alert_references() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      dangling uuid;
    BEGIN
      SELECT f.id INTO dangling FROM fresh f WHERE
        (SELECT true FROM symbolon.log_entry l WHERE l.position = f.position) IS NULL
        OR (${senderMissing})
        OR (SELECT true FROM symbolon.audience a WHERE a.id = f.audience_id) IS NULL
        OR (SELECT true FROM symbolon.judged_case c WHERE c.id = f.case_id) IS NULL
        OR (SELECT true FROM symbolon.route r WHERE r.id = f.route_id) IS NULL
      LIMIT 1;
      IF FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'an alert refers to what is not there', CONSTRAINT = 'alert_references';
      END IF;
      RETURN NULL;
    END $$;`;
}
