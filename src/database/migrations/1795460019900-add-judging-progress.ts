import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How far verdicts are complete is kept by variant, not by row: what a row lacks follows from its number, from who made it, and from how far its number lies.
 * A row's revision says from now on which definitions it was made under and never changes; a node of a version before, which would change it and lose what
 * newer nodes wrote meanwhile, is refused.
 */
export class AddJudgingProgress1795460019900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE definition_variant
        ADD COLUMN complete_to integer NOT NULL DEFAULT 0,
        ADD COLUMN used_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN retired_at timestamptz,
        DROP CONSTRAINT definition_variant_content_key;
      CREATE UNIQUE INDEX definition_variant_content_key ON definition_variant (variant, law_version, content_hash) WHERE retired_at IS NULL;
      COMMENT ON COLUMN definition_variant.complete_to IS 'Every judged_case up to this number has its verdict under this variant.';
      COMMENT ON COLUMN definition_variant.used_at IS 'When a node last said that it judges under this variant.';
      COMMENT ON COLUMN definition_variant.retired_at IS 'Since when verdicts under this number are not kept any more; whoever comes back to the variant takes a new number.';
      COMMENT ON COLUMN judged_case.revision IS 'The variants that the case was judged under when it was entered.';
      GRANT UPDATE (complete_to, used_at, retired_at) ON definition_variant TO symbolon_app;
      REVOKE UPDATE (revision) ON judged_case FROM symbolon_app;
      -- Nobody looks for a revision any more; and most cases are undetermined under most laws, so that this index found nothing faster than the table, and took
      -- more than half of the time of writing verdicts.
      DROP INDEX judged_case_revision, judged_case_undetermined;

      -- plpgsql and STABLE: it looks at the same moment of the database as the query that asks it, so that no page mixes what is judged with what is not.
      CREATE FUNCTION assert_judged(variants smallint[], own_revision bytea) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
      BEGIN
        -- The order makes the database walk the few numbers at the end instead of the whole table.
        PERFORM FROM symbolon.judged_case c
        WHERE c.id > coalesce((SELECT min(v.complete_to) FROM symbolon.definition_variant v WHERE v.id = ANY (variants)), 0) AND c.revision <> own_revision
        ORDER BY c.id LIMIT 1;
        IF FOUND THEN RAISE EXCEPTION 'cases wait to be judged' USING ERRCODE = 'SY001'; END IF;
        RETURN true;
      END $$;
      REVOKE ALL ON FUNCTION assert_judged FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION assert_judged TO symbolon_app;
      COMMENT ON FUNCTION assert_judged IS 'True when every case has its verdict under these variants, else an error with SQLSTATE SY001.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION assert_judged;
      CREATE INDEX judged_case_revision ON judged_case (revision);
      CREATE INDEX judged_case_undetermined ON judged_case USING gin (undetermined);
      GRANT UPDATE (revision) ON judged_case TO symbolon_app;
      REVOKE UPDATE (complete_to, used_at, retired_at) ON definition_variant FROM symbolon_app;
      COMMENT ON COLUMN judged_case.revision IS NULL;
      DELETE FROM definition_variant WHERE retired_at IS NOT NULL;
      DROP INDEX definition_variant_content_key;
      ALTER TABLE definition_variant
        DROP COLUMN complete_to, DROP COLUMN used_at, DROP COLUMN retired_at,
        ADD CONSTRAINT definition_variant_content_key UNIQUE (variant, law_version, content_hash);
    `);
  }
}
