import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was accepted before takes no position again: an insert draws its number before it finds the conflict, and each number that comes to nothing is a void
 * entry for ever. The conflict clause stays for two who bring the same at once.
 */
export class ReplaceAlertRaising1795460018400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Asked of each by the index: a join might read all of the log.
    const isNew = `WHERE (SELECT l.position FROM symbolon.log_entry l WHERE l.issuer = acting_member AND l.jti = g.jti) IS NULL`;
    await runner.query(raising(isNew));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(raising(''));
  }
}

function raising(where: string): string {
  return `
      CREATE OR REPLACE FUNCTION raise_alerts(acting_member text, acting_purpose text, event_type text, alerts jsonb, statements text[])
      RETURNS TABLE (jti text, "position" bigint, salt bytea, received_at timestamptz) LANGUAGE plpgsql VOLATILE SECURITY INVOKER
      SET plan_cache_mode = force_generic_plan AS $$
      #variable_conflict use_column
      BEGIN
        PERFORM set_config('symbolon.member', acting_member, true), set_config('symbolon.purpose', acting_purpose, true);
        RETURN QUERY
          WITH given AS (
            SELECT * FROM ROWS FROM (
              jsonb_to_recordset(alerts) AS (
                jti text, payload_hash text, id uuid, kind text, raised_at timestamptz, expires_at timestamptz, audience_id integer,
                case_id integer, route_id integer, age_band text, identification text, started_from date, started_to date, linkage jsonb),
              unnest(statements)
            ) WITH ORDINALITY AS g (jti, payload_hash, id, kind, raised_at, expires_at, audience_id,
              case_id, route_id, age_band, identification, started_from, started_to, linkage, statement, place)
          ), logged AS (
            INSERT INTO symbolon.log_entry (issuer, jti, event, payload_hash)
            SELECT acting_member, g.jti, event_type, decode(g.payload_hash, 'hex') FROM given g ${where} ORDER BY g.place
            ON CONFLICT ON CONSTRAINT log_entry_issuer_jti_key DO NOTHING
            RETURNING position, jti, salt, received_at
          ), raised_alerts AS (
            INSERT INTO symbolon.alert (position, id, sender, kind, raised_at, received_at, expires_at, audience_id, case_id, route_id,
              age_band, identification, started_from, started_to, statement)
            SELECT l.position, g.id, acting_member, g.kind, g.raised_at, l.received_at, g.expires_at, g.audience_id, g.case_id, g.route_id,
              g.age_band, g.identification, g.started_from, g.started_to, g.statement
            FROM logged l JOIN given g ON g.jti = l.jti
          ), arrivals AS (
            INSERT INTO symbolon.linkage_arrival (position, alert_id, sender, received_at, expires_at, facts, tokens)
            SELECT l.position, g.id, acting_member, l.received_at, g.expires_at, g.linkage -> 'facts', g.linkage -> 'tokens'
            FROM logged l JOIN given g ON g.jti = l.jti WHERE g.linkage IS NOT NULL
          )
          SELECT l.jti, l.position, l.salt, l.received_at FROM logged l;
      END $$;
  `;
}
