import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AddAlertRaising1795460003000 } from './1795460003000-add-alert-raising.js';

/**
 * The alerts to raise arrive as rows with named columns, their statements beside them, instead of fourteen lists; and the function keeps its plan: by the database's own
 * reckoning it planned it anew for each alert. Whoever acts is read once, not for each member that is looked at.
 */
export class ReplaceAlertRaising1795460004500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION raise_alerts;
      CREATE FUNCTION raise_alerts(acting_member text, acting_purpose text, event_type text, alerts jsonb, statements text[])
      RETURNS TABLE (jti text, received_at timestamptz) LANGUAGE plpgsql VOLATILE SECURITY INVOKER
      SET plan_cache_mode = force_generic_plan AS $$
      #variable_conflict use_column
      BEGIN
        PERFORM set_config('symbolon.member', acting_member, true), set_config('symbolon.purpose', acting_purpose, true);
        RETURN QUERY
          WITH given AS (
            SELECT * FROM ROWS FROM (
              jsonb_to_recordset(alerts) AS (
                jti text, payload_hash text, id uuid, kind text, raised_at timestamptz, expires_at timestamptz, audience_id integer,
                case_id integer, route_id integer, age_band text, identification text, started_from date, started_to date),
              unnest(statements)
            ) WITH ORDINALITY AS g (jti, payload_hash, id, kind, raised_at, expires_at, audience_id,
              case_id, route_id, age_band, identification, started_from, started_to, statement, place)
          ), logged AS (
            INSERT INTO symbolon.log_entry (issuer, jti, event, payload_hash)
            SELECT acting_member, g.jti, event_type, decode(g.payload_hash, 'hex') FROM given g ORDER BY g.place
            ON CONFLICT ON CONSTRAINT log_entry_issuer_jti_key DO NOTHING
            RETURNING position, jti, received_at
          ), raised_alerts AS (
            INSERT INTO symbolon.alert (position, id, sender, kind, raised_at, received_at, expires_at, audience_id, case_id, route_id,
              age_band, identification, started_from, started_to, statement)
            SELECT l.position, g.id, acting_member, g.kind, g.raised_at, l.received_at, g.expires_at, g.audience_id, g.case_id, g.route_id,
              g.age_band, g.identification, g.started_from, g.started_to, g.statement
            FROM logged l JOIN given g ON g.jti = l.jti
          )
          SELECT l.jti, l.received_at FROM logged l;
      END $$;
      REVOKE ALL ON FUNCTION raise_alerts FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION raise_alerts TO symbolon_app;
      COMMENT ON FUNCTION raise_alerts IS 'Writes alerts of one sender: log entry and alert together or not at all. What was accepted before under the same jti is left alone and not returned.';

      CREATE OR REPLACE FUNCTION current_member() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
      DECLARE
        acting text := current_setting('symbolon.member', true);
        purpose text := current_setting('symbolon.purpose', true);
      BEGIN
        RETURN (SELECT m.code FROM symbolon.member m WHERE m.code = acting AND m.state = 'active' AND purpose = ANY (m.mandate));
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION current_member() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
      BEGIN
        RETURN (
          SELECT m.code FROM symbolon.member m
          WHERE m.code = current_setting('symbolon.member', true) AND m.state = 'active'
            AND current_setting('symbolon.purpose', true) = ANY (m.mandate)
        );
      END $$;
      DROP FUNCTION raise_alerts;
    `);
    await new AddAlertRaising1795460003000().up(runner);
  }
}
