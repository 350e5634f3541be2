import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What two holders make of a suggestion. The matcher writes suggestions and reads what was decided; the app role sees a suggestion only as one of its sides,
 * only after it was given out, and the other side only once both have opened.
 */
export class CreateLinks1795460005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$
      BEGIN
        IF NOT pg_has_role(current_user, 'symbolon_matcher', 'MEMBER') THEN
          EXECUTE format('GRANT symbolon_matcher TO %I', current_user);
        END IF;
      END $$;

      CREATE TABLE link (
        id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT link_pk PRIMARY KEY,
        level text NOT NULL CONSTRAINT link_level_known CHECK (level IN ('link', 'possible')),
        decoy boolean NOT NULL DEFAULT false,
        state text NOT NULL DEFAULT 'suggested' CONSTRAINT link_state_known
          CHECK (state IN ('suggested', 'comparing', 'confirmed', 'rejected', 'disputed', 'withdrawn', 'lapsed')),
        suggested_at timestamptz NOT NULL,
        lapses_at timestamptz NOT NULL,
        recurrence text CONSTRAINT link_recurrence_known
          CHECK (recurrence IN ('same-episode', 'continued', 'onward-sale', 'retrafficking', 'other-revictimisation', 'undetermined')),
        earlier_alert uuid,
        would_decide text[] NOT NULL DEFAULT '{}',
        flag_id uuid
      );
      CREATE INDEX link_lapsing ON link (lapses_at) WHERE state IN ('suggested', 'comparing', 'disputed');
      COMMENT ON TABLE link IS 'Suggestions that two alerts are about one person, and what became of them. A decoy has one side.';

      CREATE TABLE link_side (
        link_id uuid NOT NULL CONSTRAINT link_side_link_fk REFERENCES link (id),
        side smallint NOT NULL CONSTRAINT link_side_two CHECK (side IN (1, 2)),
        member text NOT NULL,
        alert_id uuid NOT NULL,
        opening text,
        decision text CONSTRAINT link_side_decision_known CHECK (decision IN ('confirmed', 'rejected')),
        decision_statement text,
        CONSTRAINT link_side_pk PRIMARY KEY (link_id, side)
      );
      CREATE INDEX link_side_member ON link_side (member, link_id);
      CREATE INDEX link_side_alert ON link_side (alert_id, link_id);
      COMMENT ON TABLE link_side IS 'The holders of a link with their alerts. opening and decision_statement are signed statements verbatim.';

      CREATE TABLE link_statement (
        position bigint NOT NULL CONSTRAINT link_statement_pk PRIMARY KEY CONSTRAINT link_statement_log_fk REFERENCES log_entry (position),
        link_id uuid NOT NULL CONSTRAINT link_statement_link_fk REFERENCES link (id),
        issuer text NOT NULL,
        event text NOT NULL,
        statement text NOT NULL
      );
      CREATE INDEX link_statement_link ON link_statement (link_id, position);
      COMMENT ON TABLE link_statement IS 'Every accepted statement about a link, verbatim; comparison messages are sealed to the other side. Append-only.';

      GRANT SELECT, INSERT ON link, link_side TO symbolon_matcher;
      GRANT UPDATE (state) ON link TO symbolon_matcher;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE link_statement, link_side, link');
  }
}
