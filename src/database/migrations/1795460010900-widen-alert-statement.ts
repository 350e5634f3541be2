import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a statement addressed stays known when another replaces it, without reading the statement again: what PostgreSQL makes of a signed text need not be
 * what the intake made of it. Of what was replaced before there were inboxes nobody has to be told.
 */
export class WidenAlertStatement1795460010900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE alert_statement ADD COLUMN kind text, ADD COLUMN audience_id integer;
      COMMENT ON COLUMN alert_statement.kind IS 'Of the alert as this statement has it; null for a withdrawal, as audience_id.';
      COMMENT ON COLUMN alert_statement.audience_id IS 'To whom this statement addresses the alert. No foreign key, as alert.audience_id has none.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE alert_statement DROP COLUMN kind, DROP COLUMN audience_id');
  }
}
