import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The role that serves members may see which migrations ran, so that a node says of itself whether it fits its database. */
export class GrantMigrationsReading1795460013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT SELECT ON migrations TO symbolon_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE SELECT ON migrations FROM symbolon_app');
  }
}
