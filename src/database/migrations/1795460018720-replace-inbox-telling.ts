import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tellingNext } from './1795460011100-add-inbox-filling.js';

/**
 * Whoever was told of an alert is told that it was erased by the person's right, and of the hub's flag that went with it; of each once, whoever signs it again. The
 * statement is shown to its issuer alone: its ground is nobody else's to know.
 */
export class ReplaceInboxTelling1795460018720 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION erased_subjects(mark bigint, final bigint) RETURNS TABLE ("position" bigint, alert_id uuid)
      LANGUAGE sql STABLE SET search_path = symbolon, pg_temp AS $$
        SELECT min(e.position), gone.id FROM subject_erasure e CROSS JOIN LATERAL (
          SELECT e.alert_id UNION SELECT l.flag_id FROM link_side s JOIN link l ON l.id = s.link_id WHERE s.alert_id = e.alert_id AND l.flag_id IS NOT NULL
        ) gone (id)
        WHERE e.position > mark AND e.position <= final
          AND NOT EXISTS (SELECT FROM inbox_entry t WHERE t.subject = gone.id AND t.class / 8 = 9)
        GROUP BY gone.id
      $$;
      REVOKE ALL ON FUNCTION erased_subjects FROM PUBLIC;
      COMMENT ON FUNCTION erased_subjects IS 'Which alerts and flags were erased by the person''s right between two places of the log, and nobody is told yet. For functions alone.';
      COMMENT ON COLUMN inbox_entry.class IS 'Eight times the event (1 raised, 2 updated, 3 withdrawn, 4 opened, 5 message, 6 confirmed, 7 rejected, 8 link withdrawn, 9 erased by right) and the kind of alert (1 case, 2 returnee, 3 pattern, 4 retrafficking; 0 for links).';
      CREATE OR REPLACE ${tellingNext(`
          UNION ALL
          SELECT s.position, 9, a.id, a.sender, a.kind, a.audience_id FROM erased_subjects(mark, final) s JOIN alert a ON a.id = s.alert_id`)}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE ${tellingNext('')}
      DROP FUNCTION erased_subjects;
    `);
  }
}
