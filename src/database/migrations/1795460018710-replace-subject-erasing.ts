import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ERASING_SUBJECT } from './1795460018000-create-subject-erasures.js';

/** The hub's flag says what its alerts said and is erased with them: whoever was given it holds that still, also when it has expired with its alert. */
export class ReplaceSubjectErasing1795460018710 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION erase_subject(erased uuid, log_position bigint, because text, compact text, OUT alerts integer, OUT statements integer, OUT links integer)
      LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      DECLARE
        acting text := current_member();
        one uuid;
      BEGIN
        IF NOT EXISTS (
          SELECT FROM log_entry l WHERE l.position = log_position AND l.issuer = acting AND l.event = 'https://w3id.org/symbolon/events/subject-erased')
          OR NOT EXISTS (SELECT FROM alert a WHERE a.id = erased AND a.sender = acting) THEN
          RAISE EXCEPTION 'the statement erases nothing';
        END IF;
        -- Also of an alert or flag that expired, which asks for nothing by itself; and once more for readings that are under way.
        FOR one IN
          SELECT erased UNION SELECT f.id FROM link_side s JOIN link l ON l.id = s.link_id JOIN alert f ON f.id = l.flag_id
          WHERE s.alert_id = erased AND f.statement IS NOT NULL
        LOOP
          PERFORM open_obligations(one, 'erased');
          INSERT INTO alert_ending (alert_id, cause) VALUES (one, 'erased');
        END LOOP;
        SELECT e.alerts, e.statements, e.links INTO alerts, statements, links FROM erase_alerts(ARRAY[erased]) e;
        INSERT INTO subject_erasure (position, alert_id, issuer, ground, statement, alerts, statements, links)
          VALUES (log_position, erased, acting, because, compact, alerts, statements, links);
        UPDATE waiting_salt w SET erasure = log_position WHERE w.xmin = pg_current_xact_id()::xid;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(ERASING_SUBJECT.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'));
  }
}
