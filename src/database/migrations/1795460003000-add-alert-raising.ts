import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One call instead of three: a function that says for whom it acts and writes, in one transaction of its own. It runs with the rights of its caller, so
 * that row-level security and grants hold it as they hold any other statement.
 */
export class AddAlertRaising1795460003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION raise_alerts(
        acting_member text, acting_purpose text, event_type text,
        jtis text[], payload_hashes bytea[], ids uuid[], kinds text[], raised timestamptz[], expiries timestamptz[],
        audience_ids integer[], case_ids integer[], route_ids integer[],
        age_bands text[], identifications text[], starts_from date[], starts_to date[], statements text[]
      ) RETURNS TABLE (jti text, received_at timestamptz) LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $$
      #variable_conflict use_column
      BEGIN
        PERFORM set_config('symbolon.member', acting_member, true), set_config('symbolon.purpose', acting_purpose, true);
        RETURN QUERY
          WITH given AS (
            SELECT * FROM unnest(jtis, payload_hashes, ids, kinds, raised, expiries, audience_ids, case_ids, route_ids,
              age_bands, identifications, starts_from, starts_to, statements)
              WITH ORDINALITY AS g (jti, payload_hash, id, kind, raised_at, expires_at, audience_id, case_id, route_id,
              age_band, identification, started_from, started_to, statement, place)
          ), logged AS (
            INSERT INTO symbolon.log_entry (issuer, jti, event, payload_hash)
            SELECT acting_member, g.jti, event_type, g.payload_hash FROM given g ORDER BY g.place
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
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION raise_alerts');
  }
}
