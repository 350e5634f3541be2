import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Without what follows for flags. */
export const ERASING_SUBJECT = `
  CREATE FUNCTION erase_subject(erased uuid, log_position bigint, because text, compact text, OUT alerts integer, OUT statements integer, OUT links integer)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
  DECLARE
    acting text := current_member();
  BEGIN
    IF NOT EXISTS (
      SELECT FROM log_entry l WHERE l.position = log_position AND l.issuer = acting AND l.event = 'https://w3id.org/symbolon/events/subject-erased')
      OR NOT EXISTS (SELECT FROM alert a WHERE a.id = erased AND a.sender = acting) THEN
      RAISE EXCEPTION 'the statement erases nothing';
    END IF;
    -- Also of an alert that expired, which asks for nothing by itself; and once more for readings that are under way.
    PERFORM open_obligations(erased, 'erased');
    INSERT INTO alert_ending (alert_id, cause) VALUES (erased, 'erased');
    SELECT e.alerts, e.statements, e.links INTO alerts, statements, links FROM erase_alerts(ARRAY[erased]) e;
    INSERT INTO subject_erasure (position, alert_id, issuer, ground, statement, alerts, statements, links)
      VALUES (log_position, erased, acting, because, compact, alerts, statements, links);
    UPDATE waiting_salt w SET erasure = log_position WHERE w.xmin = pg_current_xact_id()::xid;
  END $$;`;

/**
 * What the person's right erases goes at once, whatever the log's heads cover. Only salts can be needed still: an entry that is in no tree yet keeps its own
 * until it is, whoever destroys it, because without it no head could ever follow.
 */
export class CreateSubjectErasures1795460018000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE subject_erasure (
        position bigint NOT NULL CONSTRAINT subject_erasure_pk PRIMARY KEY,
        alert_id uuid NOT NULL,
        issuer text NOT NULL,
        ground text NOT NULL CONSTRAINT subject_erasure_ground_known
          CHECK (ground IN ('access-request', 'consent-withdrawn', 'objection', 'not-needed', 'unlawful', 'legal-obligation')),
        statement text NOT NULL,
        alerts integer NOT NULL,
        statements integer NOT NULL,
        links integer NOT NULL,
        run_position bigint
      );
      CREATE INDEX subject_erasure_alert ON subject_erasure (alert_id, position);
      COMMENT ON TABLE subject_erasure IS 'That an alert was erased by the person''s right: what its sender signed, verbatim, by its place in the log, what went, and the place of the account. Written by functions alone, but for the account.';

      CREATE TABLE waiting_salt (
        position bigint NOT NULL CONSTRAINT waiting_salt_pk PRIMARY KEY,
        erasure bigint
      );
      CREATE INDEX waiting_salt_erasure ON waiting_salt (erasure) WHERE erasure IS NOT NULL;
      COMMENT ON TABLE waiting_salt IS 'Entries of the log that are erased and in no tree yet: their salts go when they are. With the erasure by the person''s right that left them, if it was one. For functions alone.';

      ALTER TABLE subject_erasure ENABLE ROW LEVEL SECURITY;
      CREATE POLICY subject_erasure_read ON subject_erasure FOR SELECT TO symbolon_app USING (issuer = (SELECT current_member()));
      CREATE POLICY subject_erasure_account ON subject_erasure FOR UPDATE TO symbolon_app USING (issuer = (SELECT current_member()) AND run_position IS NULL)
        WITH CHECK (issuer = (SELECT current_member()));
      GRANT SELECT, UPDATE (run_position) ON subject_erasure TO symbolon_app;
      ALTER TABLE waiting_salt ENABLE ROW LEVEL SECURITY;

      CREATE FUNCTION keep_salt_until_hashed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      BEGIN
        IF NEW.position > (SELECT coalesce(max(h.size), 0) FROM tree_head h) THEN
          INSERT INTO waiting_salt (position) VALUES (NEW.position) ON CONFLICT DO NOTHING;
          NEW.salt := OLD.salt;
        END IF;
        RETURN NEW;
      END $$;
      REVOKE ALL ON FUNCTION keep_salt_until_hashed FROM PUBLIC;
      COMMENT ON FUNCTION keep_salt_until_hashed IS 'Leaves an entry that no head covers its salt, and notes that it is to go (PROTOCOL.md T3).';
      CREATE TRIGGER log_entry_salt_kept BEFORE UPDATE OF salt ON log_entry FOR EACH ROW
        WHEN (NEW.salt IS NULL AND OLD.salt IS NOT NULL) EXECUTE FUNCTION keep_salt_until_hashed();

      CREATE FUNCTION destroy_waiting_salts() RETURNS void
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
        WITH due AS (DELETE FROM waiting_salt w WHERE w.position <= (SELECT max(h.size) FROM tree_head h) RETURNING w.position)
        UPDATE log_entry l SET salt = NULL FROM due WHERE l.position = due.position
      $$;
      REVOKE ALL ON FUNCTION destroy_waiting_salts FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION destroy_waiting_salts TO symbolon_app;
      COMMENT ON FUNCTION destroy_waiting_salts IS 'Destroys the salts of what was erased before a head covered it. It can do nothing else, so the app role may call it.';

      CREATE FUNCTION salts_waiting(erased bigint) RETURNS integer
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
        SELECT count(*)::integer FROM waiting_salt w JOIN subject_erasure e ON e.position = w.erasure
        WHERE w.erasure = erased AND e.issuer = current_member()
      $$;
      REVOKE ALL ON FUNCTION salts_waiting FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION salts_waiting TO symbolon_app;
      COMMENT ON FUNCTION salts_waiting IS 'How many salts an erasure of the acting member still waits for.';

      ${ERASING_SUBJECT}
      REVOKE ALL ON FUNCTION erase_subject FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION erase_subject TO symbolon_app;
      COMMENT ON FUNCTION erase_subject IS 'Erases an alert of the acting member at once, under its logged statement, and has recipients of record owe an answer. Again it erases what there is, which is nothing.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION erase_subject, salts_waiting, destroy_waiting_salts;
      DROP TRIGGER log_entry_salt_kept ON log_entry;
      DROP FUNCTION keep_salt_until_hashed;
      DROP TABLE waiting_salt, subject_erasure;
    `);
  }
}
