import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What may be published is written down piece by piece, and every number is a sum of pieces. A role of its own makes them: it reads how alerts are coded, never what was said, and
 * the app role, which serves members, reads finished pieces alone, and only those of audiences that address the reader.
 */
export class CreatePicture1795460019100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$
      BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'symbolon_counter') THEN
          CREATE ROLE symbolon_counter NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOLOGIN;
        END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL; -- another database of this cluster was being set up at the same moment
      END $$;
      DO $$
      BEGIN
        IF NOT pg_has_role(current_user, 'symbolon_counter', 'MEMBER') THEN
          EXECUTE format('GRANT symbolon_counter TO %I', current_user);
        END IF;
      END $$;
      GRANT USAGE ON SCHEMA symbolon TO symbolon_counter;

      CREATE TABLE picture_rule (
        one boolean NOT NULL DEFAULT true CONSTRAINT picture_rule_pk PRIMARY KEY CONSTRAINT picture_rule_one CHECK (one),
        threshold integer NOT NULL DEFAULT 11 CONSTRAINT picture_rule_threshold CHECK (threshold BETWEEN 3 AND 1000),
        rounding integer NOT NULL DEFAULT 1 CONSTRAINT picture_rule_rounding CHECK (rounding BETWEEN 1 AND 100)
      );
      INSERT INTO picture_rule DEFAULT VALUES;
      COMMENT ON TABLE picture_rule IS 'The accord''s rules of disclosure: how many persons a number is made of at least, and to multiples of what numbers are rounded. Changed by the operator alone.';

      CREATE TABLE picture_mark (
        one boolean NOT NULL DEFAULT true CONSTRAINT picture_mark_pk PRIMARY KEY CONSTRAINT picture_mark_one CHECK (one),
        position bigint NOT NULL DEFAULT 0
      );
      INSERT INTO picture_mark DEFAULT VALUES;
      COMMENT ON TABLE picture_mark IS 'Up to which place of the log alerts were looked at to be counted.';

      CREATE TABLE picture_waiting (
        alert_id uuid NOT NULL CONSTRAINT picture_waiting_pk PRIMARY KEY,
        since timestamptz NOT NULL,
        fresh boolean NOT NULL DEFAULT true
      );
      COMMENT ON TABLE picture_waiting IS 'Alerts that are not counted yet. fresh: nothing was released of their audience since they came.';

      CREATE TABLE picture_release (
        id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT picture_release_pk PRIMARY KEY,
        released_at timestamptz NOT NULL DEFAULT now(),
        threshold integer NOT NULL
      );
      COMMENT ON TABLE picture_release IS 'When alerts came to be counted, and by which threshold. Append-only.';

      CREATE TABLE picture_piece (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT picture_piece_pk PRIMARY KEY,
        release_id integer NOT NULL CONSTRAINT picture_piece_release_fk REFERENCES picture_release (id),
        register text NOT NULL CONSTRAINT picture_piece_register_known CHECK (register IN ('counted', 'withdrawn', 'recurred')),
        audience_id integer NOT NULL,
        about text NOT NULL CONSTRAINT picture_piece_about_known CHECK (about IN ('person', 'pattern')),
        facet text NOT NULL,
        month text,
        year text,
        origin text,
        exploitation text,
        purpose text,
        gender text,
        age_band text,
        value text,
        case_ids integer[] NOT NULL,
        verdicts text,
        judged_by bytea,
        alerts integer NOT NULL CONSTRAINT picture_piece_some CHECK (alerts > 0)
      );
      CREATE INDEX picture_piece_facet ON picture_piece (register, facet, audience_id);
      COMMENT ON TABLE picture_piece IS 'Alerts that are counted together, as far as they are alike. register: all that are counted, or those of them that were withdrawn since, or that confirmed links know to be about somebody of an earlier alert. Null is withheld, the empty text unknown; lists are joined by spaces. case_ids: the cases of the alerts, for pieces that are judged. verdicts: a letter for each law, of the verdict that all have; judged_by says of which laws, in which versions, on which side of which dates. Append-only.';

      CREATE INDEX picture_piece_judged ON picture_piece (judged_by, id) WHERE case_ids <> '{}';

      CREATE TABLE picture_class (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT picture_class_pk PRIMARY KEY,
        pieces bigint[] NOT NULL
      );
      COMMENT ON TABLE picture_class IS 'In which pieces alerts are counted that are alike in everything. For the counter alone.';

      CREATE TABLE picture_counted (
        alert_id uuid NOT NULL CONSTRAINT picture_counted_pk PRIMARY KEY,
        class_id bigint NOT NULL
      );
      CREATE INDEX alert_withdrawn ON alert (id) WHERE state = 'withdrawn';
      COMMENT ON TABLE picture_counted IS 'Alerts that are counted, while they are in force. For the counter alone.';

      CREATE TABLE picture_noted (
        alert_id uuid NOT NULL,
        register text NOT NULL,
        published boolean NOT NULL,
        CONSTRAINT picture_noted_pk PRIMARY KEY (alert_id, register)
      );
      COMMENT ON TABLE picture_noted IS 'Counted alerts that were seen to belong to a later register, and whether they are counted there. For the counter alone.';

      CREATE FUNCTION forget_counted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      BEGIN
        DELETE FROM picture_waiting WHERE alert_id = NEW.id;
        DELETE FROM picture_counted WHERE alert_id = NEW.id;
        DELETE FROM picture_noted WHERE alert_id = NEW.id;
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION forget_counted FROM PUBLIC;
      COMMENT ON FUNCTION forget_counted IS 'How an alert was counted is forgotten with its content; the numbers stay.';
      CREATE TRIGGER alert_counted_erased AFTER UPDATE OF statement ON alert FOR EACH ROW
        WHEN (NEW.statement IS NULL AND OLD.statement IS NOT NULL) EXECUTE FUNCTION forget_counted();

      CREATE INDEX alert_person_person ON alert_person (person);
      CREATE POLICY alert_person_counting ON alert_person FOR SELECT TO symbolon_counter USING (true);

      ALTER TABLE picture_piece ENABLE ROW LEVEL SECURITY;
      CREATE POLICY picture_piece_read ON picture_piece FOR SELECT TO symbolon_app
        USING ((SELECT current_member()) IS NOT NULL AND (SELECT current_setting('symbolon.purpose', true)) = 'monitoring' AND audience_id IN (SELECT readable_audiences()));
      CREATE POLICY picture_piece_counting ON picture_piece TO symbolon_counter USING (true) WITH CHECK (true);
      CREATE POLICY alert_counting ON alert FOR SELECT TO symbolon_counter USING (true);
      ALTER TABLE picture_waiting ENABLE ROW LEVEL SECURITY;
      CREATE POLICY picture_waiting_counting ON picture_waiting TO symbolon_counter USING (true) WITH CHECK (true);
      ALTER TABLE picture_class ENABLE ROW LEVEL SECURITY;
      CREATE POLICY picture_class_counting ON picture_class TO symbolon_counter USING (true) WITH CHECK (true);
      ALTER TABLE picture_noted ENABLE ROW LEVEL SECURITY;
      CREATE POLICY picture_noted_counting ON picture_noted TO symbolon_counter USING (true) WITH CHECK (true);
      CREATE POLICY link_counting ON link FOR SELECT TO symbolon_counter USING (true);
      CREATE POLICY link_side_counting ON link_side FOR SELECT TO symbolon_counter USING (true);
      ALTER TABLE picture_counted ENABLE ROW LEVEL SECURITY;
      CREATE POLICY picture_counted_counting ON picture_counted TO symbolon_counter USING (true) WITH CHECK (true);

      GRANT SELECT ON picture_rule, picture_release, picture_piece TO symbolon_app;
      GRANT SELECT ON picture_rule, audience, route, trait, judged_case, alert_person, tree_head TO symbolon_counter;
      GRANT SELECT (id, position, sender, kind, state, received_at, expires_at, audience_id, case_id, route_id, trait_id, age_band, identification, started_from, started_to)
        ON alert TO symbolon_counter;
      GRANT SELECT (code, kind) ON member TO symbolon_counter;
      GRANT SELECT, UPDATE ON picture_mark TO symbolon_counter;
      GRANT SELECT, INSERT, UPDATE (fresh), DELETE ON picture_waiting TO symbolon_counter;
      GRANT SELECT, INSERT ON picture_release, picture_piece, picture_class TO symbolon_counter;
      GRANT UPDATE (verdicts, judged_by) ON picture_piece TO symbolon_counter;
      GRANT SELECT, INSERT, DELETE ON picture_counted TO symbolon_counter;
      GRANT SELECT, INSERT, UPDATE (published) ON picture_noted TO symbolon_counter;
      GRANT SELECT (id, state, recurrence) ON link TO symbolon_counter;
      GRANT SELECT (link_id, alert_id) ON link_side TO symbolon_counter;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER alert_counted_erased ON alert;
      DROP FUNCTION forget_counted;
      DROP INDEX alert_withdrawn;
      DROP POLICY link_counting ON link;
      DROP POLICY link_side_counting ON link_side;
      REVOKE SELECT (id, state, recurrence) ON link FROM symbolon_counter;
      REVOKE SELECT (link_id, alert_id) ON link_side FROM symbolon_counter;
      DROP POLICY alert_counting ON alert;
      DROP POLICY alert_person_counting ON alert_person;
      DROP INDEX alert_person_person;
      REVOKE SELECT (id, position, sender, kind, state, received_at, expires_at, audience_id, case_id, route_id, trait_id, age_band, identification, started_from, started_to)
        ON alert FROM symbolon_counter;
      REVOKE SELECT (code, kind) ON member FROM symbolon_counter;
      REVOKE SELECT ON audience, route, trait, judged_case, alert_person, tree_head FROM symbolon_counter;
      DROP TABLE picture_noted, picture_counted, picture_class, picture_piece, picture_release, picture_waiting, picture_mark, picture_rule;
      REVOKE ALL ON SCHEMA symbolon FROM symbolon_counter;
    `);
  }
}
