import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A release is known by its day and to those alone whom its audience addresses: the instant told who waited for it, and that of others what others raised. What was counted up to when is kept, so that releases are
 * made on fixed days, whatever waits. The counter is told of updates, by which an alert may come to be for monitoring.
 */
export class NarrowPictureRelease1795460020400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE picture_release ADD COLUMN register text, ADD COLUMN audience_id integer, ADD COLUMN released_on date,
        ADD COLUMN about text, ADD COLUMN publishable boolean NOT NULL DEFAULT false;
      UPDATE picture_release r SET register = p.register, audience_id = p.audience_id, about = p.about, released_on = (r.released_at AT TIME ZONE 'UTC')::date
        FROM (SELECT DISTINCT release_id, register, audience_id, about FROM picture_piece) p WHERE p.release_id = r.id;
      DELETE FROM picture_release WHERE register IS NULL;
      ALTER TABLE picture_release DROP COLUMN released_at,
        ALTER COLUMN register SET NOT NULL, ALTER COLUMN about SET NOT NULL, ALTER COLUMN audience_id SET NOT NULL, ALTER COLUMN released_on SET NOT NULL,
        ALTER COLUMN released_on SET DEFAULT (now() AT TIME ZONE 'UTC')::date,
        ADD CONSTRAINT picture_release_register_known CHECK (register IN ('counted', 'withdrawn', 'recurred'));
      CREATE INDEX picture_release_audience ON picture_release (audience_id, register, released_on);
      COMMENT ON TABLE picture_release IS 'On which day (UTC) alerts of an audience came to be counted, or to be shown in a later register, and by which threshold. Append-only.';

      ALTER TABLE picture_release ENABLE ROW LEVEL SECURITY;
      CREATE POLICY picture_release_read ON picture_release FOR SELECT TO symbolon_app
        USING ((SELECT current_member()) IS NOT NULL AND (SELECT current_setting('symbolon.purpose', true)) = 'monitoring' AND audience_id IN (SELECT readable_audiences()));
      CREATE POLICY picture_release_publishing ON picture_release AS RESTRICTIVE FOR SELECT TO symbolon_app
        USING ((SELECT current_member()) IS NOT NULL AND ((SELECT coalesce(current_setting('symbolon.publishing', true), '')) <> 'on'
          OR (publishable AND audience_id IN (SELECT u.id FROM audience u WHERE addresses_everyone(u)))));
      CREATE POLICY picture_release_counting ON picture_release TO symbolon_counter USING (true) WITH CHECK (true);
      REVOKE SELECT ON picture_release FROM symbolon_app;
      GRANT SELECT (id, register, audience_id, about, publishable, released_on) ON picture_release TO symbolon_app;

      ALTER TABLE picture_mark ADD COLUMN counted_before timestamptz, ADD COLUMN withdrawn_before timestamptz, ADD COLUMN recurred_before timestamptz;
      COMMENT ON TABLE picture_mark IS 'Up to which place of the log alerts were looked at to be counted. counted_before: what came before this instant was released, as far as it may be, where releases are made on fixed days. withdrawn_before, recurred_before: that these registers were tried on that day of release, once.';

      CREATE POLICY alert_statement_counting ON alert_statement FOR SELECT TO symbolon_counter USING (true);
      GRANT SELECT (position, alert_id) ON alert_statement TO symbolon_counter;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE SELECT (position, alert_id) ON alert_statement FROM symbolon_counter;
      DROP POLICY alert_statement_counting ON alert_statement;
      ALTER TABLE picture_mark DROP COLUMN counted_before, DROP COLUMN withdrawn_before, DROP COLUMN recurred_before;
      DROP POLICY picture_release_publishing ON picture_release;
      DROP POLICY picture_release_read ON picture_release;
      DROP POLICY picture_release_counting ON picture_release;
      ALTER TABLE picture_release DISABLE ROW LEVEL SECURITY;
      DROP INDEX picture_release_audience;
      REVOKE SELECT (id, register, audience_id, about, publishable, released_on) ON picture_release FROM symbolon_app;
      ALTER TABLE picture_release ADD COLUMN released_at timestamptz NOT NULL DEFAULT now();
      UPDATE picture_release SET released_at = released_on;
      ALTER TABLE picture_release DROP COLUMN register, DROP COLUMN audience_id, DROP COLUMN released_on, DROP COLUMN about, DROP COLUMN publishable;
      GRANT SELECT ON picture_release TO symbolon_app;
    `);
  }
}
