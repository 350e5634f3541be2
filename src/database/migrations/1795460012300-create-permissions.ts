import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Onward use: what a recipient asks of an alert's sender, and what the sender says. A permission ends with the alert, or when it addresses the asker no more. */
export class CreatePermissions1795460012300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE permission (
        id uuid CONSTRAINT permission_pk PRIMARY KEY,
        place bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT permission_place_key UNIQUE,
        alert_id uuid NOT NULL,
        asker text NOT NULL,
        provider text NOT NULL,
        use text NOT NULL CONSTRAINT permission_use_known CHECK (use IN ('evidence', 'pass-on')),
        purpose text NOT NULL,
        to_member text,
        to_country text,
        asked_at timestamptz NOT NULL,
        state text NOT NULL DEFAULT 'asked' CONSTRAINT permission_state_known CHECK (state IN ('asked', 'given', 'refused', 'ended')),
        until date,
        reason text,
        request text NOT NULL,
        answers text[] NOT NULL DEFAULT '{}',
        CONSTRAINT permission_two CHECK (asker <> provider),
        CONSTRAINT permission_to_one CHECK (num_nonnulls(to_member, to_country) = 1),
        CONSTRAINT permission_given_until CHECK (state <> 'given' OR until IS NOT NULL),
        CONSTRAINT permission_refused_reason CHECK (state <> 'refused' OR reason IS NOT NULL)
      );
      CREATE UNIQUE INDEX permission_asked ON permission (alert_id, asker, use, purpose, coalesce(to_member, to_country)) WHERE state = 'asked';
      CREATE INDEX permission_alert ON permission (alert_id) WHERE state IN ('asked', 'given');
      CREATE INDEX permission_asker ON permission (asker, place);
      CREATE INDEX permission_provider ON permission (provider, place);
      COMMENT ON TABLE permission IS 'Requests for onward use with what the provider said. request and answers are signed statements verbatim; they name an alert and hold nothing of its content.';

      ALTER TABLE permission ENABLE ROW LEVEL SECURITY;
      CREATE POLICY permission_read ON permission FOR SELECT TO symbolon_app
        USING (asker = (SELECT current_member()) OR provider = (SELECT current_member()));
      -- Row-level security of alerts holds in here too: nobody asks about an alert that it may not read.
      CREATE POLICY permission_ask ON permission FOR INSERT TO symbolon_app WITH CHECK (
        asker = (SELECT current_member()) AND state = 'asked' AND answers = '{}'
        AND EXISTS (SELECT FROM alert a WHERE a.id = permission.alert_id AND a.sender = permission.provider));
      CREATE POLICY permission_answer ON permission FOR UPDATE TO symbolon_app
        USING (provider = (SELECT current_member())) WITH CHECK (provider = (SELECT current_member()));
      GRANT SELECT, INSERT ON permission TO symbolon_app;
      GRANT UPDATE (state, until, reason, answers) ON permission TO symbolon_app;

      ${endAlert(`
        UPDATE permission p SET state = 'ended' WHERE p.alert_id = NEW.id AND p.state IN ('asked', 'given')
          AND (NEW.state <> 'active' OR NEW.statement IS NULL OR NOT audience_reaches(NEW.audience_id, p.asker, p.purpose));`)}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${endAlert('')} DROP TABLE permission;`);
  }
}

function endAlert(further: string): string {
  return `
      CREATE OR REPLACE FUNCTION end_alert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      DECLARE
        why text := CASE WHEN NEW.statement IS NULL THEN 'erased' WHEN NEW.state = 'withdrawn' THEN 'withdrawn' WHEN NEW.state = 'active' THEN 'narrowed' END;
      BEGIN
        IF why IS NOT NULL THEN
          PERFORM open_obligations(NEW.id, why);
          INSERT INTO alert_ending (alert_id, cause) VALUES (NEW.id, why);
        END IF;${further}
        RETURN NULL;
      END $$;`;
}
