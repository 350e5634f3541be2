import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A search path that does not name pg_temp looks there first (CREATE FUNCTION, “Writing SECURITY DEFINER Functions Safely”): a temporary table called alert
 * would stand for the real one, with the owner's rights.
 */
export class NarrowFunctionSearchPaths1795460003500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER FUNCTION position_of SET search_path = symbolon, pg_temp;
      ALTER FUNCTION expire_alerts SET search_path = symbolon, pg_temp;
      ALTER FUNCTION admit_proof SET search_path = symbolon, pg_temp;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER FUNCTION position_of SET search_path = symbolon;
      ALTER FUNCTION expire_alerts SET search_path = symbolon;
      ALTER FUNCTION admit_proof SET search_path = symbolon;
    `);
  }
}
