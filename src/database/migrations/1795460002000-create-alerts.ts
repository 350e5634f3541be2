import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An alert is a narrow row around its signed statement. What many alerts share (to whom they are addressed, which countries, which facts
 * and hence which verdicts) is kept once, in audience, route and judged_case, and referred to by number: integer equality is the kind of
 * condition that PostgreSQL may use an index for underneath row-level security, array operators are not (they are not leakproof).
 */
export class CreateAlerts1795460002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE definition_variant (
        id smallint GENERATED ALWAYS AS IDENTITY CONSTRAINT definition_variant_pk PRIMARY KEY,
        variant text NOT NULL,
        law text NOT NULL,
        law_version integer NOT NULL,
        content_hash bytea NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT definition_variant_content_key UNIQUE (variant, law_version, content_hash)
      );
      COMMENT ON TABLE definition_variant IS 'Every version of every definition variant that this hub has judged under.';

      CREATE TABLE audience (
        id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT audience_pk PRIMARY KEY,
        hash bytea NOT NULL CONSTRAINT audience_hash_key UNIQUE,
        purposes text[] NOT NULL,
        everyone boolean NOT NULL,
        members text[] NOT NULL,
        countries text[],
        kinds text[]
      );
      CREATE INDEX audience_everyone ON audience (id) WHERE everyone;
      CREATE INDEX audience_members ON audience USING gin (members);
      CREATE INDEX audience_countries ON audience USING gin (countries);
      CREATE INDEX audience_kinds ON audience USING gin (kinds) WHERE countries IS NULL;
      COMMENT ON TABLE audience IS 'To whom and for which purposes alerts are addressed; null countries or kinds do not restrict.';

      CREATE TABLE route (
        id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT route_pk PRIMARY KEY,
        hash bytea NOT NULL CONSTRAINT route_hash_key UNIQUE,
        origin text[] NOT NULL,
        transit text[] NOT NULL,
        exploitation text[] NOT NULL
      );
      CREATE INDEX route_origin ON route USING gin (origin);
      CREATE INDEX route_transit ON route USING gin (transit);
      CREATE INDEX route_exploitation ON route USING gin (exploitation);
      COMMENT ON TABLE route IS 'Countries of origin, transit and exploitation that alerts name.';

      CREATE TABLE judged_case (
        id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT judged_case_pk PRIMARY KEY,
        hash bytea NOT NULL CONSTRAINT judged_case_hash_key UNIQUE,
        facts jsonb NOT NULL,
        present text[] NOT NULL,
        revision bytea NOT NULL,
        met smallint[] NOT NULL,
        undetermined smallint[] NOT NULL
      );
      CREATE INDEX judged_case_present ON judged_case USING gin (present);
      CREATE INDEX judged_case_met ON judged_case USING gin (met);
      CREATE INDEX judged_case_undetermined ON judged_case USING gin (undetermined);
      CREATE INDEX judged_case_revision ON judged_case (revision);
      COMMENT ON TABLE judged_case IS 'Distinct sets of facts with their verdicts by definition_variant; what is in neither list is not met. Names no alert, no person, no country.';

      CREATE TABLE alert (
        id uuid CONSTRAINT alert_pk PRIMARY KEY,
        position bigint NOT NULL CONSTRAINT alert_log_fk REFERENCES log_entry (position),
        sender text NOT NULL CONSTRAINT alert_sender_fk REFERENCES member (code),
        kind text NOT NULL CONSTRAINT alert_kind_known CHECK (kind IN ('case', 'returnee', 'pattern', 'retrafficking')),
        state text NOT NULL DEFAULT 'active' CONSTRAINT alert_state_known CHECK (state IN ('active', 'withdrawn', 'expired')),
        revision integer NOT NULL DEFAULT 0,
        raised_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        audience_id integer NOT NULL CONSTRAINT alert_audience_fk REFERENCES audience (id),
        case_id integer NOT NULL CONSTRAINT alert_case_fk REFERENCES judged_case (id),
        route_id integer NOT NULL CONSTRAINT alert_route_fk REFERENCES route (id),
        age_band text,
        identification text,
        started_from date,
        started_to date,
        statement text
      );
      -- Partial on purpose: with an index on position alone the planner walks everybody's alerts backward to find those of one sender.
      CREATE INDEX alert_active ON alert (position) WHERE state = 'active';
      CREATE INDEX alert_sender ON alert (sender, position);
      CREATE INDEX alert_audience ON alert (audience_id, position);
      CREATE INDEX alert_case ON alert (case_id, position);
      CREATE INDEX alert_route ON alert (route_id, position);
      CREATE INDEX alert_expiry ON alert (expires_at) WHERE state = 'active';
      COMMENT ON TABLE alert IS 'Alerts in force and past. The statement is the truth; the other columns are read off it for finding. A null statement was erased.';

      CREATE TABLE alert_statement (
        position bigint CONSTRAINT alert_statement_pk PRIMARY KEY CONSTRAINT alert_statement_log_fk REFERENCES log_entry (position),
        alert_id uuid NOT NULL CONSTRAINT alert_statement_alert_fk REFERENCES alert (id),
        statement text NOT NULL
      );
      CREATE INDEX alert_statement_alert ON alert_statement (alert_id, position);
      COMMENT ON TABLE alert_statement IS 'Updates and withdrawals verbatim, and the statements that they replaced.';

      CREATE TABLE access_record (
        id bigint GENERATED ALWAYS AS IDENTITY,
        at timestamptz NOT NULL DEFAULT now(),
        owner text NOT NULL,
        reader text NOT NULL,
        officer text NOT NULL,
        purpose text NOT NULL,
        operation text NOT NULL,
        alert_ids uuid[] NOT NULL,
        CONSTRAINT access_record_pk PRIMARY KEY (owner, id)
      );
      COMMENT ON TABLE access_record IS 'Who read whose alerts, by which officer, for which purpose. One row for each owner in a read. Append-only.';

      -- plpgsql, because it keeps its plans for the life of a connection: this runs in every page of alerts.
      CREATE FUNCTION readable_audiences() RETURNS SETOF integer LANGUAGE plpgsql STABLE AS $$
      DECLARE
        acting symbolon.member;
        purpose text := current_setting('symbolon.purpose', true);
      BEGIN
        SELECT * INTO acting FROM symbolon.member m WHERE m.code = symbolon.current_member();
        IF NOT FOUND THEN RETURN; END IF;
        RETURN QUERY SELECT a.id FROM symbolon.audience a WHERE purpose = ANY (a.purposes) AND (
          a.everyone
          OR a.members @> ARRAY[acting.code]
          OR (a.countries @> ARRAY[acting.country] AND (a.kinds IS NULL OR a.kinds @> ARRAY[acting.kind]))
          OR (a.countries IS NULL AND a.kinds @> ARRAY[acting.kind]));
      END $$;
      COMMENT ON FUNCTION readable_audiences IS 'The audiences that address the acting member for the acting purpose.';

      CREATE FUNCTION position_of(alert_id uuid) RETURNS bigint
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = symbolon AS $$ SELECT position FROM alert WHERE id = alert_id $$;
      REVOKE ALL ON FUNCTION position_of FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION position_of TO symbolon_app;
      COMMENT ON FUNCTION position_of IS 'Where an alert stands, for cursors: a cursor outlives the reader''s permission to see the alert it names. Given out to nobody.';

      CREATE FUNCTION expire_alerts(most integer) RETURNS integer
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = symbolon AS $$
        WITH due AS (
          SELECT id FROM alert WHERE state = 'active' AND expires_at <= now() ORDER BY expires_at LIMIT most FOR UPDATE SKIP LOCKED
        ), done AS (
          UPDATE alert SET state = 'expired' FROM due WHERE alert.id = due.id RETURNING 1
        )
        SELECT count(*)::integer FROM done
      $$;
      REVOKE ALL ON FUNCTION expire_alerts FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION expire_alerts TO symbolon_app;
      COMMENT ON FUNCTION expire_alerts IS 'Marks alerts past their retention, of whatever sender. It can do nothing else, so the app role may call it.';

      ALTER TABLE alert ENABLE ROW LEVEL SECURITY;
      CREATE POLICY alert_read ON alert FOR SELECT TO symbolon_app USING (
        sender = (SELECT current_member())
        OR (state = 'active' AND expires_at > now() AND audience_id IN (SELECT readable_audiences()))
      );
      CREATE POLICY alert_raise ON alert FOR INSERT TO symbolon_app WITH CHECK (sender = (SELECT current_member()));
      CREATE POLICY alert_change ON alert FOR UPDATE TO symbolon_app
        USING (sender = (SELECT current_member())) WITH CHECK (sender = (SELECT current_member()));

      ALTER TABLE alert_statement ENABLE ROW LEVEL SECURITY;
      CREATE POLICY alert_statement_read ON alert_statement FOR SELECT TO symbolon_app
        USING (EXISTS (SELECT FROM alert WHERE alert.id = alert_statement.alert_id));
      CREATE POLICY alert_statement_add ON alert_statement FOR INSERT TO symbolon_app
        WITH CHECK (EXISTS (SELECT FROM alert WHERE alert.id = alert_statement.alert_id AND alert.sender = (SELECT current_member())));

      ALTER TABLE access_record ENABLE ROW LEVEL SECURITY;
      CREATE POLICY access_record_read ON access_record FOR SELECT TO symbolon_app USING (owner = (SELECT current_member()));
      CREATE POLICY access_record_add ON access_record FOR INSERT TO symbolon_app WITH CHECK (reader = (SELECT current_member()));

      GRANT SELECT, INSERT ON definition_variant, audience, route, alert, alert_statement, access_record TO symbolon_app;
      GRANT SELECT, INSERT, UPDATE ON judged_case TO symbolon_app;
      GRANT UPDATE (state, revision, expires_at, audience_id, case_id, route_id, age_band, identification, started_from, started_to, statement)
        ON alert TO symbolon_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION readable_audiences, position_of, expire_alerts CASCADE;
      DROP TABLE access_record, alert_statement, alert, judged_case, route, audience, definition_variant;
    `);
  }
}
