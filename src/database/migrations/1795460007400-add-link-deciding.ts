import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What becomes of a link follows from its two sides, here and nowhere else: the app role enters statements of the acting member and cannot set a state. Each
 * function holds the link, after the alerts on which it rests, until its transaction ends.
 */
export class AddLinkDeciding1795460007400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION hold_link(wanted uuid) RETURNS void
      LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      BEGIN
        IF NOT EXISTS (SELECT FROM link_side s WHERE s.link_id = wanted AND s.member = current_member()) THEN RETURN; END IF;
        -- A withdrawal of an alert waits until a confirmation that rests on it has raised its flag, or is seen by it.
        PERFORM FROM alert a WHERE a.id IN (SELECT s.alert_id FROM link_side s WHERE s.link_id = wanted) ORDER BY a.id FOR SHARE;
        PERFORM FROM link l WHERE l.id = wanted FOR UPDATE;
      END $$;
      COMMENT ON FUNCTION hold_link IS 'Holds a link of the acting member until the transaction ends. Nothing for others.';

      CREATE FUNCTION enter_link_statement(wanted uuid, log_position bigint, event_type text, compact text) RETURNS void
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
      COMMENT ON FUNCTION enter_link_statement IS 'Enters a logged statement of the acting member about its link, and what follows from it for the link''s state.';

      CREATE FUNCTION linked_alerts(wanted uuid)
      RETURNS TABLE (member text, alert_id uuid, statement text, facts jsonb, confirmation text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
        SELECT s.member, s.alert_id, a.statement, c.facts, s.decision_statement
        FROM link l JOIN link_side s ON s.link_id = l.id JOIN alert a ON a.id = s.alert_id JOIN judged_case c ON c.id = a.case_id
        WHERE l.id = wanted AND l.state = 'confirmed' AND l.recurrence IS NULL
          AND EXISTS (SELECT FROM link_side mine WHERE mine.link_id = wanted AND mine.member = current_member())
        ORDER BY s.side
      $$;
      COMMENT ON FUNCTION linked_alerts IS 'What the hub reads to classify a link that was confirmed this moment: both alerts and both confirmations. Nothing afterwards.';

      CREATE FUNCTION classify_link(wanted uuid, outcome text, earlier uuid, questions text[], flag jsonb, compact text) RETURNS void
      LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      DECLARE
        logged log_entry;
        f alert;
      BEGIN
        PERFORM hold_link(wanted);
        UPDATE link l SET recurrence = outcome, earlier_alert = earlier, would_decide = questions
        WHERE l.id = wanted AND l.state = 'confirmed' AND l.recurrence IS NULL
          AND (flag IS NULL OR outcome = 'retrafficking')
          AND EXISTS (SELECT FROM link_side mine WHERE mine.link_id = wanted AND mine.member = current_member());
        IF NOT FOUND THEN RAISE EXCEPTION 'the link is not to be classified'; END IF;
        IF flag IS NOT NULL THEN
          INSERT INTO log_entry (issuer, jti, event, payload_hash)
          VALUES (flag ->> 'issuer', flag ->> 'jti', flag ->> 'event', decode(flag ->> 'payload_hash', 'hex')) RETURNING * INTO logged;
          f := jsonb_populate_record(NULL::alert, flag);
          INSERT INTO alert (id, position, sender, kind, raised_at, received_at, expires_at, audience_id, case_id, route_id, age_band, started_from, started_to, statement)
          VALUES (f.id, logged.position, 'hub', 'retrafficking', f.raised_at, logged.received_at, f.expires_at, f.audience_id, f.case_id, f.route_id,
            f.age_band, f.started_from, f.started_to, compact);
          UPDATE link l SET flag_id = f.id WHERE l.id = wanted;
        END IF;
        PERFORM regroup_persons(wanted);
      END $$;
      COMMENT ON FUNCTION classify_link IS 'Stores how the episodes of a link stand to each other, once, and raises the hub''s flag with it.';

      REVOKE ALL ON FUNCTION hold_link, enter_link_statement, linked_alerts, classify_link FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hold_link, enter_link_statement, linked_alerts, classify_link TO symbolon_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION classify_link, linked_alerts, enter_link_statement, hold_link');
  }
}
