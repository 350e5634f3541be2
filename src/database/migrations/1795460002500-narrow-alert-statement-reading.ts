import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever is addressed by an update reads the update: what it replaced may have been addressed to others, or taken back on purpose. Earlier statements
 * stay with the sender (PROTOCOL.md L6). An update may change what an alert is about, so the app role may write the kind.
 */
export class NarrowAlertStatementReading1795460002500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY alert_statement_read ON alert_statement;
      CREATE POLICY alert_statement_read ON alert_statement FOR SELECT TO symbolon_app
        USING (EXISTS (SELECT FROM alert WHERE alert.id = alert_statement.alert_id AND alert.sender = (SELECT current_member())));
      GRANT UPDATE (kind) ON alert TO symbolon_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE UPDATE (kind) ON alert FROM symbolon_app;
      DROP POLICY alert_statement_read ON alert_statement;
      CREATE POLICY alert_statement_read ON alert_statement FOR SELECT TO symbolon_app
        USING (EXISTS (SELECT FROM alert WHERE alert.id = alert_statement.alert_id));
    `);
  }
}
