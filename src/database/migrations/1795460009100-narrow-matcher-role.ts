import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever gets hold of the matcher's login can read no opening and no decision, confirm nothing, and undo nothing that was given out. And whoever gets hold of the
 * app's cannot bring tokens to an alert of somebody else, or take them away.
 */
export class NarrowMatcherRole1795460009100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE SELECT, INSERT ON link, link_side FROM symbolon_matcher;
      GRANT SELECT (id, decoy, state, suggested_at, lapses_at), INSERT (id, level, decoy, suggested_at, lapses_at) ON link TO symbolon_matcher;
      GRANT SELECT (link_id, side, member, alert_id, decision), INSERT (link_id, side, member, alert_id) ON link_side TO symbolon_matcher;

      DROP POLICY link_matching ON link;
      CREATE POLICY link_read ON link FOR SELECT TO symbolon_matcher USING (true);
      CREATE POLICY link_suggest ON link FOR INSERT TO symbolon_matcher WITH CHECK (state = 'suggested');
      CREATE POLICY link_end ON link FOR UPDATE TO symbolon_matcher
        USING (state IN ('suggested', 'comparing', 'disputed')) WITH CHECK (state IN ('lapsed', 'rejected'));
      CREATE POLICY link_take_back ON link FOR DELETE TO symbolon_matcher USING (suggested_at > now());
      DROP POLICY link_side_matching ON link_side;
      CREATE POLICY link_side_read ON link_side FOR SELECT TO symbolon_matcher USING (true);
      CREATE POLICY link_side_suggest ON link_side FOR INSERT TO symbolon_matcher WITH CHECK (true);
      CREATE POLICY link_side_take_back ON link_side FOR DELETE TO symbolon_matcher
        USING (EXISTS (SELECT FROM link WHERE link.id = link_side.link_id AND link.suggested_at > now()));

      CREATE FUNCTION assert_arrival_of_sender() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      BEGIN
        IF NOT EXISTS (SELECT FROM alert WHERE alert.id = NEW.alert_id AND alert.sender = NEW.sender) THEN
          RAISE foreign_key_violation USING MESSAGE = 'an arrival is of no alert of its sender', CONSTRAINT = 'linkage_arrival_alert';
        END IF;
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION assert_arrival_of_sender FROM PUBLIC;
      COMMENT ON FUNCTION assert_arrival_of_sender IS 'Whose alert it is the app role cannot see for alerts of others, so that row-level security cannot ask.';
      CREATE TRIGGER linkage_arrival_alert AFTER INSERT ON linkage_arrival FOR EACH ROW EXECUTE FUNCTION assert_arrival_of_sender();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER linkage_arrival_alert ON linkage_arrival;
      DROP FUNCTION assert_arrival_of_sender;
      DROP POLICY link_side_take_back ON link_side;
      DROP POLICY link_side_suggest ON link_side;
      DROP POLICY link_side_read ON link_side;
      CREATE POLICY link_side_matching ON link_side TO symbolon_matcher USING (true) WITH CHECK (true);
      DROP POLICY link_take_back ON link;
      DROP POLICY link_end ON link;
      DROP POLICY link_suggest ON link;
      DROP POLICY link_read ON link;
      CREATE POLICY link_matching ON link TO symbolon_matcher USING (true) WITH CHECK (true);
      REVOKE ALL (id, level, decoy, state, suggested_at, lapses_at) ON link FROM symbolon_matcher;
      REVOKE ALL (link_id, side, member, alert_id, decision) ON link_side FROM symbolon_matcher;
      GRANT SELECT, INSERT ON link, link_side TO symbolon_matcher;
      GRANT UPDATE (state) ON link TO symbolon_matcher;
    `);
  }
}
