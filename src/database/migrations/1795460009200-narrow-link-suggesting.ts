import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Of what one member could ask again and again only the first answer is given out; the rest is held. And an alert that has taken its tokens back takes part in nothing
 * that was suggested while it had them.
 */
export class NarrowLinkSuggesting1795460009200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE link ADD COLUMN held_by uuid CONSTRAINT link_held_by_fk REFERENCES link (id) ON DELETE SET NULL;
      ALTER TABLE link ADD COLUMN due_at timestamptz;
      ALTER TABLE link ADD CONSTRAINT link_held_waits CHECK (held_by IS NULL OR (suggested_at = 'infinity' AND due_at IS NOT NULL));
      COMMENT ON COLUMN link.due_at IS 'When a held link would have been given out if nothing had held it.';
      COMMENT ON COLUMN link.held_by IS 'The suggestion between the same two members that has to be compared, or to lapse, before this one is given out. Held links are given out at infinity.';
      CREATE INDEX link_held ON link (id) WHERE suggested_at = 'infinity';
      CREATE INDEX link_held_by ON link (held_by) WHERE held_by IS NOT NULL;
      GRANT SELECT (compared_at, held_by, due_at), INSERT (held_by, due_at) ON link TO symbolon_matcher;

      CREATE FUNCTION place_held_link(wanted uuid, holder uuid, given timestamptz, lapsing timestamptz) RETURNS void
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
        UPDATE link l SET held_by = holder, suggested_at = given, lapses_at = lapsing
        WHERE l.id = wanted AND l.suggested_at = 'infinity' AND l.state = 'suggested' AND given > now()
      $$;
      REVOKE ALL ON FUNCTION place_held_link FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION place_held_link TO symbolon_matcher;
      COMMENT ON FUNCTION place_held_link IS 'Gives a held link out, or lets another one hold it. What was given out can be placed no more.';

      CREATE FUNCTION close_openings() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      BEGIN
        UPDATE link_side s SET opening = NULL FROM link l
        WHERE s.alert_id = NEW.alert_id AND l.id = s.link_id AND l.state = 'suggested' AND l.compared_at IS NULL;
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION close_openings FROM PUBLIC;
      COMMENT ON FUNCTION close_openings IS 'An alert that takes its tokens back is open to no comparison any more; when it brings tokens again its holder opens anew.';
      CREATE TRIGGER linkage_arrival_openings AFTER INSERT ON linkage_arrival FOR EACH ROW
        WHEN (NEW.tokens = '[]') EXECUTE FUNCTION close_openings();

      CREATE OR REPLACE VIEW seen_link WITH (security_barrier) AS
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
        l.lapses_at <= now() OR own.state <> 'active' OR own.expires_at <= now()
          OR NOT EXISTS (SELECT FROM alert_person p WHERE p.alert_id = own.id) AS by_own,
        theirs.id IS NOT NULL AND (theirs.state <> 'active' OR theirs.expires_at <= now()
          OR NOT EXISTS (SELECT FROM alert_person p WHERE p.alert_id = theirs.id)) AS by_other
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

      CREATE OR REPLACE FUNCTION enter_link_statement(wanted uuid, log_position bigint, event_type text, compact text) RETURNS void
      LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      DECLARE
        acting text := current_member();
        step text := substring(event_type FROM '[^/]*$');
        fits boolean;
      BEGIN
        PERFORM hold_link(wanted);
        SELECT CASE step
          WHEN 'comparison-opened' THEN s.state = 'suggested' AND NOT s.opened
          WHEN 'comparison-message' THEN s.state IN ('comparing', 'disputed') AND 50 > (
            SELECT count(*) FROM link_statement m WHERE m.link_id = wanted AND m.issuer = acting AND m.event = event_type)
          WHEN 'link-confirmed' THEN s.state = 'disputed' OR (s.state = 'comparing' AND s.own_decision IS NULL)
          WHEN 'link-rejected' THEN s.state = 'disputed' OR (s.state = 'comparing' AND s.own_decision IS NULL)
          WHEN 'link-withdrawn' THEN s.state = 'confirmed'
          ELSE false END
        INTO fits FROM seen_link s WHERE s.id = wanted AND s.holder;
        IF fits IS NOT TRUE OR NOT EXISTS (
          SELECT FROM log_entry l WHERE l.position = log_position AND l.issuer = acting AND l.event = event_type) THEN
          RAISE EXCEPTION 'the statement does not fit the link';
        END IF;
        INSERT INTO link_statement (position, link_id, issuer, event, statement) VALUES (log_position, wanted, acting, event_type, compact);

        IF step = 'comparison-opened' THEN
          UPDATE link_side s SET opening = compact WHERE s.link_id = wanted AND s.member = acting;
          UPDATE link l SET state = 'comparing', compared_at = now() WHERE l.id = wanted AND l.state = 'suggested' AND 2 = (
            SELECT count(*) FROM link_side s JOIN alert a ON a.id = s.alert_id JOIN alert_person p ON p.alert_id = s.alert_id
            WHERE s.link_id = wanted AND s.opening IS NOT NULL AND a.state = 'active' AND a.expires_at > now());
        ELSIF step IN ('link-confirmed', 'link-rejected') THEN
          UPDATE link_side s SET decision = substring(step FROM 6), decision_statement = compact WHERE s.link_id = wanted AND s.member = acting;
          UPDATE link l SET state = told.state FROM (
            SELECT CASE count(*) FILTER (WHERE s.decision = 'confirmed') WHEN 2 THEN 'confirmed' WHEN 1 THEN 'disputed' ELSE 'rejected' END AS state,
              count(s.decision) AS decided
            FROM link_side s WHERE s.link_id = wanted
          ) told WHERE l.id = wanted AND told.decided = 2;
        ELSIF step = 'link-withdrawn' THEN
          UPDATE link l SET state = 'withdrawn' WHERE l.id = wanted;
          UPDATE alert a SET state = 'withdrawn' FROM link l WHERE l.id = wanted AND a.id = l.flag_id AND a.state = 'active';
          PERFORM regroup_persons(wanted);
        END IF;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION enter_link_statement(wanted uuid, log_position bigint, event_type text, compact text) RETURNS void
      LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      DECLARE
        acting text := current_member();
        step text := substring(event_type FROM '[^/]*$');
        fits boolean;
      BEGIN
        PERFORM hold_link(wanted);
        SELECT CASE step
          WHEN 'comparison-opened' THEN s.state = 'suggested' AND NOT s.opened
          WHEN 'comparison-message' THEN s.state IN ('comparing', 'disputed') AND 50 > (
            SELECT count(*) FROM link_statement m WHERE m.link_id = wanted AND m.issuer = acting AND m.event = event_type)
          WHEN 'link-confirmed' THEN s.state = 'disputed' OR (s.state = 'comparing' AND s.own_decision IS NULL)
          WHEN 'link-rejected' THEN s.state = 'disputed' OR (s.state = 'comparing' AND s.own_decision IS NULL)
          WHEN 'link-withdrawn' THEN s.state = 'confirmed'
          ELSE false END
        INTO fits FROM seen_link s WHERE s.id = wanted AND s.holder;
        IF fits IS NOT TRUE OR NOT EXISTS (
          SELECT FROM log_entry l WHERE l.position = log_position AND l.issuer = acting AND l.event = event_type) THEN
          RAISE EXCEPTION 'the statement does not fit the link';
        END IF;
        INSERT INTO link_statement (position, link_id, issuer, event, statement) VALUES (log_position, wanted, acting, event_type, compact);

        IF step = 'comparison-opened' THEN
          UPDATE link_side s SET opening = compact WHERE s.link_id = wanted AND s.member = acting;
          UPDATE link l SET state = 'comparing', compared_at = now() WHERE l.id = wanted AND l.state = 'suggested' AND 2 = (
            SELECT count(*) FROM link_side s JOIN alert a ON a.id = s.alert_id
            WHERE s.link_id = wanted AND s.opening IS NOT NULL AND a.state = 'active' AND a.expires_at > now());
        ELSIF step IN ('link-confirmed', 'link-rejected') THEN
          UPDATE link_side s SET decision = substring(step FROM 6), decision_statement = compact WHERE s.link_id = wanted AND s.member = acting;
          UPDATE link l SET state = told.state FROM (
            SELECT CASE count(*) FILTER (WHERE s.decision = 'confirmed') WHEN 2 THEN 'confirmed' WHEN 1 THEN 'disputed' ELSE 'rejected' END AS state,
              count(s.decision) AS decided
            FROM link_side s WHERE s.link_id = wanted
          ) told WHERE l.id = wanted AND told.decided = 2;
        ELSIF step = 'link-withdrawn' THEN
          UPDATE link l SET state = 'withdrawn' WHERE l.id = wanted;
          UPDATE alert a SET state = 'withdrawn' FROM link l WHERE l.id = wanted AND a.id = l.flag_id AND a.state = 'active';
          PERFORM regroup_persons(wanted);
        END IF;
      END $$;

      CREATE OR REPLACE VIEW seen_link WITH (security_barrier) AS
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

      DROP FUNCTION place_held_link;
      REVOKE ALL (compared_at, held_by, due_at) ON link FROM symbolon_matcher;
      DROP TRIGGER linkage_arrival_openings ON linkage_arrival;
      DROP FUNCTION close_openings;
      DROP INDEX link_held;
      ALTER TABLE link DROP COLUMN held_by, DROP COLUMN due_at;
    `);
  }
}
