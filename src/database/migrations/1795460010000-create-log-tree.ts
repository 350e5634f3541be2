import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ReplaceAlertRaising1795460006100 } from './1795460006100-replace-alert-raising.js';

/** How alerts are raised; `also` are columns of whole numbers that alerts were given later. */
export function raisingAlerts(also: readonly string[] = []): string {
  const declared = also.map((column) => ` ${column} integer,`).join('');
  const named = also.map((column) => ` ${column},`).join('');
  const given = also.map((column) => ` g.${column},`).join('');
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
            case_id integer, route_id integer, age_band text, identification text, started_from date, started_to date,${declared} linkage jsonb),
          unnest(statements)
        ) WITH ORDINALITY AS g (jti, payload_hash, id, kind, raised_at, expires_at, audience_id,
          case_id, route_id, age_band, identification, started_from, started_to,${named} linkage, statement, place)
      ), logged AS (
        INSERT INTO symbolon.log_entry (issuer, jti, event, payload_hash)
        SELECT acting_member, g.jti, event_type, decode(g.payload_hash, 'hex') FROM given g
        -- An insert draws its number before it finds the conflict, and each number that comes to nothing is a void entry for ever. Asked of each by the
        -- index: a join might read all of the log. The conflict clause stays for two who bring the same at once.
        WHERE (SELECT l.position FROM symbolon.log_entry l WHERE l.issuer = acting_member AND l.jti = g.jti) IS NULL
        ORDER BY g.place
        ON CONFLICT ON CONSTRAINT log_entry_issuer_jti_key DO NOTHING
        RETURNING position, jti, salt, received_at
      ), raised_alerts AS (
        INSERT INTO symbolon.alert (position, id, sender, kind, raised_at, received_at, expires_at, audience_id, case_id, route_id,
          age_band, identification, started_from, started_to,${named} statement)
        SELECT l.position, g.id, acting_member, g.kind, g.raised_at, l.received_at, g.expires_at, g.audience_id, g.case_id, g.route_id,
          g.age_band, g.identification, g.started_from, g.started_to,${given} g.statement
        FROM logged l JOIN given g ON g.jti = l.jti
      ), arrivals AS (
        INSERT INTO symbolon.linkage_arrival (position, alert_id, sender, received_at, expires_at, facts, tokens)
        SELECT l.position, g.id, acting_member, l.received_at, g.expires_at, g.linkage -> 'facts', g.linkage -> 'tokens'
        FROM logged l JOIN given g ON g.jti = l.jti WHERE g.linkage IS NOT NULL
      )
      SELECT l.jti, l.position, l.salt, l.received_at FROM logged l;
  END $$;`;
}

/**
 * The tree over the log. Each entry has a salt that only its receipt and its readers learn. Of the tree the hashes of perfect subtrees are kept,
 * each written once when its last leaf comes, and every head that was signed. What is accepted says at once where the log has it.
 */
export class CreateLogTree1795460010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A random UUID has 122 random bits: three of them fill a hash.
    const salt = 'sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))';
    await runner.query(`
      ALTER TABLE log_entry ADD COLUMN salt bytea DEFAULT ${salt} CONSTRAINT log_entry_salt_length CHECK (octet_length(salt) = 32);
      COMMENT ON COLUMN log_entry.salt IS 'What hides the entry in the tree. Destroyed together with the statement; null then.';
      UPDATE log_entry SET received_at = date_trunc('milliseconds', received_at);
      ALTER TABLE log_entry ALTER COLUMN received_at SET DEFAULT date_trunc('milliseconds', now());
      COMMENT ON TABLE log_entry IS 'Every accepted statement, once, in order; its index in the log is its position less one. Append-only. Holds no content.';

      CREATE TABLE log_node (
        level smallint NOT NULL,
        index bigint NOT NULL,
        hash bytea NOT NULL CONSTRAINT log_node_hash_length CHECK (octet_length(hash) = 32),
        CONSTRAINT log_node_pk PRIMARY KEY (level, index)
      );
      COMMENT ON TABLE log_node IS 'Hashes of the perfect subtrees of the log, the leaves at level 0. Append-only.';

      CREATE TABLE tree_head (
        size bigint NOT NULL,
        issued_at timestamptz NOT NULL,
        root bytea NOT NULL CONSTRAINT tree_head_root_length CHECK (octet_length(root) = 32),
        statement text NOT NULL,
        CONSTRAINT tree_head_pk PRIMARY KEY (size, issued_at)
      );
      COMMENT ON TABLE tree_head IS 'What the hub signed of its log. Everything below the largest size is final. Append-only.';

      GRANT SELECT, INSERT ON log_node, tree_head TO symbolon_app;

      DROP FUNCTION raise_alerts;
      ${raisingAlerts()}
      REVOKE ALL ON FUNCTION raise_alerts FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION raise_alerts TO symbolon_app;
      COMMENT ON FUNCTION raise_alerts IS 'Writes alerts of one sender: log entry, alert and what it brings for linkage together or not at all. What was accepted before under the same jti is left alone and not returned.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION raise_alerts;
      CREATE FUNCTION raise_alerts(acting_member text, acting_purpose text, event_type text, alerts jsonb, statements text[])
      RETURNS TABLE (jti text, received_at timestamptz) LANGUAGE sql AS 'SELECT NULL::text, NULL::timestamptz';
      REVOKE ALL ON FUNCTION raise_alerts FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION raise_alerts TO symbolon_app;
      DROP TABLE tree_head, log_node;
      ALTER TABLE log_entry DROP COLUMN salt, ALTER COLUMN received_at SET DEFAULT now();
      COMMENT ON TABLE log_entry IS 'Every accepted statement, once, in order. Append-only. Holds no content.';
    `);
    await new ReplaceAlertRaising1795460006100().up(runner);
  }
}
