import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The app role has no right to the tables of links at all. It reads what the acting member may know in `seen_link`, in which a decoy and a suggestion that
 * the other holder has not opened differ in nothing, also not when the other alert ends.
 */
export class NarrowLinkReading1795460007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE link ADD COLUMN compared_at timestamptz;
      COMMENT ON COLUMN link.compared_at IS 'When both holders had opened; null until then, whatever else becomes of the link.';
      CREATE INDEX link_disputed ON link (id) WHERE state = 'disputed';
      -- A statement names the link and its issuer, and by these one side.
      ALTER TABLE link_side ADD CONSTRAINT link_side_two_holders UNIQUE (link_id, member);

      ALTER TABLE link ENABLE ROW LEVEL SECURITY;
      ALTER TABLE link_side ENABLE ROW LEVEL SECURITY;
      ALTER TABLE link_statement ENABLE ROW LEVEL SECURITY;

      CREATE VIEW seen_link WITH (security_barrier) AS
      WITH party AS (
        SELECT s.link_id, s.side, true AS holder FROM link_side s WHERE s.member = (SELECT current_member())
        UNION ALL
        SELECT l.id, 1::smallint, false FROM link l
        WHERE l.state = 'disputed'
          AND EXISTS (
            SELECT FROM link_side s JOIN member holder ON holder.code = s.member, member acting
            WHERE s.link_id = l.id AND acting.code = (SELECT current_member())
              AND acting.kind IN ('liaison', 'focal-point') AND acting.country = holder.country)
          AND NOT EXISTS (SELECT FROM link_side s WHERE s.link_id = l.id AND s.member = (SELECT current_member()))
      )
      SELECT l.id, party.holder, l.suggested_at, l.lapses_at, known.state, l.compared_at IS NOT NULL AS compared,
        mine.member AS own_member, mine.alert_id AS own_alert, mine.opening IS NOT NULL AS opened,
        mine.decision AS own_decision, mine.decision_statement AS own_statement,
        CASE WHEN l.compared_at IS NOT NULL THEN l.level END AS level,
        CASE WHEN l.compared_at IS NOT NULL THEN other.member END AS other_member,
        CASE WHEN l.compared_at IS NOT NULL THEN other.alert_id END AS other_alert,
        CASE WHEN l.compared_at IS NOT NULL THEN other.opening END AS other_opening,
        mine.decision IS NOT NULL AND other.decision IS NOT NULL AS both_decided,
        CASE WHEN mine.decision IS NOT NULL THEN other.decision_statement END AS other_statement,
        CASE WHEN l.state = 'confirmed' THEN l.recurrence END AS recurrence,
        CASE WHEN l.state = 'confirmed' THEN l.earlier_alert END AS earlier_alert,
        CASE WHEN l.state = 'confirmed' THEN l.would_decide ELSE '{}' END AS would_decide,
        CASE WHEN l.state = 'confirmed' THEN l.flag_id END AS flag_id
      FROM party
      JOIN link l ON l.id = party.link_id
      JOIN link_side mine ON mine.link_id = party.link_id AND mine.side = party.side
      LEFT JOIN link_side other ON other.link_id = party.link_id AND other.side <> party.side
      JOIN alert own ON own.id = mine.alert_id
      JOIN audience own_handling ON own_handling.id = own.audience_id
      LEFT JOIN alert theirs ON theirs.id = other.alert_id
      LEFT JOIN audience their_handling ON their_handling.id = theirs.audience_id
      CROSS JOIN LATERAL (SELECT
        l.lapses_at <= now() OR own.state <> 'active' OR own.expires_at <= now() AS by_own,
        coalesce(theirs.state <> 'active' OR theirs.expires_at <= now(), false) AS by_other
      ) ended
      CROSS JOIN LATERAL (SELECT CASE
        WHEN l.state IN ('confirmed', 'rejected', 'withdrawn') THEN l.state
        WHEN l.compared_at IS NULL THEN CASE WHEN ended.by_own THEN 'lapsed' ELSE 'suggested' END
        WHEN l.state <> 'lapsed' AND NOT ended.by_own AND NOT ended.by_other THEN l.state
        WHEN (mine.decision = 'rejected' AND other.decision IS NULL) OR (mine.decision IS NULL AND other.decision = 'rejected') THEN 'rejected'
        ELSE 'lapsed' END AS state
      ) known
      WHERE l.suggested_at <= now()
        AND current_setting('symbolon.purpose', true) IN ('protection', 'prosecution')
        AND CASE WHEN party.holder THEN current_setting('symbolon.purpose', true) = ANY (own_handling.purposes)
          ELSE known.state = 'disputed' AND current_setting('symbolon.purpose', true) = ANY (own_handling.purposes || their_handling.purposes) END;
      GRANT SELECT ON seen_link TO symbolon_app;
      COMMENT ON VIEW seen_link IS 'Links as the acting member may know of them, with the rights of the owner: its own by side, and disputes of its country for liaison and focal points.';

      CREATE POLICY link_statement_read ON link_statement FOR SELECT TO symbolon_app USING (
        EXISTS (
          SELECT FROM seen_link seen WHERE seen.id = link_statement.link_id AND (
            issuer = (SELECT current_member())
            OR CASE WHEN event LIKE '%/comparison-%' THEN seen.compared ELSE seen.both_decided END)));
      GRANT SELECT ON link_statement TO symbolon_app;

      CREATE FUNCTION place_of_link(link_id uuid) RETURNS timestamptz
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$ SELECT suggested_at FROM link WHERE id = link_id $$;
      REVOKE ALL ON FUNCTION place_of_link FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION place_of_link TO symbolon_app;
      COMMENT ON FUNCTION place_of_link IS 'Where a link stands in lists, for cursors: a cursor outlives the reader''s permission to see a dispute. Given out to nobody.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION place_of_link;
      REVOKE ALL ON link_statement FROM symbolon_app;
      DROP POLICY link_statement_read ON link_statement;
      DROP VIEW seen_link;
      ALTER TABLE link_statement DISABLE ROW LEVEL SECURITY;
      ALTER TABLE link_side DISABLE ROW LEVEL SECURITY;
      ALTER TABLE link DISABLE ROW LEVEL SECURITY;
      ALTER TABLE link_side DROP CONSTRAINT link_side_two_holders;
      DROP INDEX link_disputed;
      ALTER TABLE link DROP COLUMN compared_at;
    `);
  }
}
