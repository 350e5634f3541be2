import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a publication with noise costs is read off its own document, so that what is spent is what was published, and nothing besides has to agree with it. The database refuses a publication that goes
 * beyond the budget by itself: whoever writes one holds the budget until it is done, so that of two at once the second sees what the first spent.
 */
export class CreatePrivacyBudget1795460020200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE privacy_budget (
        one boolean NOT NULL DEFAULT true CONSTRAINT privacy_budget_pk PRIMARY KEY CONSTRAINT privacy_budget_one CHECK (one),
        rho_micro bigint NOT NULL DEFAULT 0 CONSTRAINT privacy_budget_rho CHECK (rho_micro BETWEEN 0 AND 1000000000)
      );
      INSERT INTO privacy_budget DEFAULT VALUES;
      COMMENT ON TABLE privacy_budget IS 'How much rho, in millionths, publications with noise may cost in all, for ever; 0: there are none. Changed by the operator alone.';
      GRANT SELECT ON privacy_budget TO symbolon_app;

      ALTER TABLE publication
        ADD COLUMN rho_micro bigint GENERATED ALWAYS AS ((document::jsonb #>> '{rule,method,rhoMicro}')::bigint) STORED,
        ADD CONSTRAINT publication_cost CHECK (CASE method WHEN 'differential-privacy' THEN rho_micro IS NOT NULL AND rho_micro > 0 ELSE rho_micro IS NULL END),
        ADD CONSTRAINT publication_method_of_document CHECK (method = document::jsonb #>> '{rule,method,name}');
      COMMENT ON COLUMN publication.rho_micro IS 'What it costs of the privacy budget, as its document says; null without noise.';
      CREATE INDEX publication_cost_index ON publication (rho_micro) WHERE rho_micro IS NOT NULL;

      CREATE FUNCTION hold_privacy_budget() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      DECLARE
        most bigint;
      BEGIN
        SELECT b.rho_micro INTO most FROM privacy_budget b FOR UPDATE;
        IF (SELECT sum(p.rho_micro) FROM publication p) <= most THEN RETURN NULL; END IF;
        RAISE EXCEPTION 'the privacy budget does not bear this publication' USING ERRCODE = 'SY002';
      END $$;
      REVOKE ALL ON FUNCTION hold_privacy_budget FROM PUBLIC;
      COMMENT ON FUNCTION hold_privacy_budget IS 'Refuses a publication with which more is spent than the privacy budget has (SQLSTATE SY002).';
      CREATE TRIGGER publication_within_budget AFTER INSERT ON publication FOR EACH ROW
        WHEN (NEW.rho_micro IS NOT NULL) EXECUTE FUNCTION hold_privacy_budget();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER publication_within_budget ON publication;
      DROP FUNCTION hold_privacy_budget;
      ALTER TABLE publication
        DROP CONSTRAINT publication_cost, DROP CONSTRAINT publication_method_of_document, DROP COLUMN rho_micro;
      DROP TABLE privacy_budget;
    `);
  }
}
