import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A foreign key locks the row it refers to. Alerts share their sender, audience, case and route, so that every two alerts that arrive together met at the
 * same rows, and each wrote five locks (a third of the time that raising took, and more of it the more arrived at once). None of these rows is ever deleted
 * or given another number, and the app role has no right to: to look that they are there is enough, and is done once for a whole statement.
 */
export class DropAlertForeignKeys1795460004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION assert_alert_references() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        dangling uuid;
      BEGIN
        SELECT f.id INTO dangling FROM fresh f WHERE
          (SELECT true FROM symbolon.log_entry l WHERE l.position = f.position) IS NULL
          OR (SELECT true FROM symbolon.member m WHERE m.code = f.sender) IS NULL
          OR (SELECT true FROM symbolon.audience a WHERE a.id = f.audience_id) IS NULL
          OR (SELECT true FROM symbolon.judged_case c WHERE c.id = f.case_id) IS NULL
          OR (SELECT true FROM symbolon.route r WHERE r.id = f.route_id) IS NULL
        LIMIT 1;
        IF FOUND THEN
          RAISE foreign_key_violation USING MESSAGE = 'an alert refers to what is not there', CONSTRAINT = 'alert_references';
        END IF;
        RETURN NULL;
      END $$;
      COMMENT ON FUNCTION assert_alert_references IS 'What foreign keys would check, without locking rows that all alerts share.';
      ALTER TABLE alert DROP CONSTRAINT alert_log_fk, DROP CONSTRAINT alert_sender_fk, DROP CONSTRAINT alert_audience_fk,
        DROP CONSTRAINT alert_case_fk, DROP CONSTRAINT alert_route_fk;
      -- Judging a case anew changes its verdicts, never its number.
      REVOKE UPDATE ON judged_case FROM symbolon_app;
      GRANT UPDATE (revision, met, undetermined) ON judged_case TO symbolon_app;
      CREATE TRIGGER alert_references_raised AFTER INSERT ON alert REFERENCING NEW TABLE AS fresh
        FOR EACH STATEMENT EXECUTE FUNCTION assert_alert_references();
      CREATE TRIGGER alert_references_changed AFTER UPDATE ON alert REFERENCING NEW TABLE AS fresh
        FOR EACH STATEMENT EXECUTE FUNCTION assert_alert_references();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE UPDATE (revision, met, undetermined) ON judged_case FROM symbolon_app;
      GRANT UPDATE ON judged_case TO symbolon_app;
      DROP TRIGGER alert_references_changed ON alert;
      DROP TRIGGER alert_references_raised ON alert;
      DROP FUNCTION assert_alert_references;
      ALTER TABLE alert ADD CONSTRAINT alert_log_fk FOREIGN KEY (position) REFERENCES log_entry (position),
        ADD CONSTRAINT alert_sender_fk FOREIGN KEY (sender) REFERENCES member (code),
        ADD CONSTRAINT alert_audience_fk FOREIGN KEY (audience_id) REFERENCES audience (id),
        ADD CONSTRAINT alert_case_fk FOREIGN KEY (case_id) REFERENCES judged_case (id),
        ADD CONSTRAINT alert_route_fk FOREIGN KEY (route_id) REFERENCES route (id);
    `);
  }
}
