import type { MigrationInterface, QueryRunner } from 'typeorm';
import { raisingAlerts } from './1795460010000-create-log-tree.js';

/** What alerts say of persons beside the facts of the case is kept once, too, so that it can be counted without reading statements. Alerts from before have none: unknown. */
export class AddAlertTraits1795460019000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE trait (
        id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT trait_pk PRIMARY KEY,
        hash bytea NOT NULL CONSTRAINT trait_hash_key UNIQUE,
        countable boolean NOT NULL,
        gender text,
        citizenships text[] NOT NULL,
        protection text,
        time_to_flag text,
        time_to_retrafficking text
      );
      COMMENT ON TABLE trait IS 'What alerts say of persons beside facts and route, each combination once. countable: no consent keeps it from being counted. The times are bands.';
      GRANT SELECT, INSERT ON trait TO symbolon_app;

      ALTER TABLE alert ADD COLUMN trait_id integer;
      GRANT UPDATE (trait_id) ON alert TO symbolon_app;

      CREATE FUNCTION erase_alert_trait() RETURNS trigger LANGUAGE plpgsql SET search_path = symbolon, pg_temp AS $$
      BEGIN
        NEW.trait_id := NULL;
        RETURN NEW;
      END $$;
      REVOKE ALL ON FUNCTION erase_alert_trait FROM PUBLIC;
      COMMENT ON FUNCTION erase_alert_trait IS 'What is said of a person goes with the statement that says it.';
      CREATE TRIGGER alert_trait_erased BEFORE UPDATE OF statement ON alert FOR EACH ROW
        WHEN (NEW.statement IS NULL AND NEW.trait_id IS NOT NULL) EXECUTE FUNCTION erase_alert_trait();

      ${raisingAlerts(['trait_id'])}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER alert_trait_erased ON alert;
      DROP FUNCTION erase_alert_trait;
      ALTER TABLE alert DROP COLUMN trait_id;
      DROP TABLE trait;
      ${raisingAlerts()}
    `);
  }
}
