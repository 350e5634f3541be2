import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What tables under a law are made of is summed by the columns that they usually show, so that a table grows with its rows and not with the pieces. Everything in it follows from
 * picture_piece, and can be made again from there.
 */
export class CreatePictureSums1795460020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE picture_sum (
        audience_id integer NOT NULL,
        left_out integer NOT NULL,
        about text COLLATE "C" NOT NULL,
        month text COLLATE "C",
        year text COLLATE "C",
        origin text COLLATE "C",
        exploitation text COLLATE "C",
        purpose text COLLATE "C",
        gender text COLLATE "C",
        age_band text COLLATE "C",
        value text COLLATE "C",
        verdicts text COLLATE "C" NOT NULL,
        alerts integer NOT NULL,
        CONSTRAINT picture_sum_once UNIQUE NULLS NOT DISTINCT
          (audience_id, left_out, about, verdicts, month, year, origin, exploitation, purpose, gender, age_band, value)
      );
      COMMENT ON TABLE picture_sum IS 'The pieces that show verdicts, summed over the columns that left_out names: its bits are those of GROUPING over month, year, origin, exploitation, purpose, gender, age_band and value. Of the others null is withheld, as in picture_piece.';

      CREATE TABLE picture_summed (
        one boolean NOT NULL DEFAULT true CONSTRAINT picture_summed_pk PRIMARY KEY CONSTRAINT picture_summed_one CHECK (one),
        judged_by bytea
      );
      INSERT INTO picture_summed DEFAULT VALUES;
      COMMENT ON TABLE picture_summed IS 'By which laws the pieces were judged whose sums are kept, as judged_by of picture_piece says it; null while the sums are not whole.';

      -- Codes are compared as bytes: grouping by them is most of the work of a table, and the rules of a language take several times as long.
      ALTER TABLE picture_piece
        ALTER COLUMN register TYPE text COLLATE "C", ALTER COLUMN about TYPE text COLLATE "C", ALTER COLUMN facet TYPE text COLLATE "C",
        ALTER COLUMN month TYPE text COLLATE "C", ALTER COLUMN year TYPE text COLLATE "C", ALTER COLUMN origin TYPE text COLLATE "C",
        ALTER COLUMN exploitation TYPE text COLLATE "C", ALTER COLUMN purpose TYPE text COLLATE "C", ALTER COLUMN gender TYPE text COLLATE "C",
        ALTER COLUMN age_band TYPE text COLLATE "C", ALTER COLUMN value TYPE text COLLATE "C", ALTER COLUMN verdicts TYPE text COLLATE "C";

      ALTER TABLE picture_sum ENABLE ROW LEVEL SECURITY;
      CREATE POLICY picture_sum_read ON picture_sum FOR SELECT TO symbolon_app
        USING ((SELECT current_member()) IS NOT NULL AND (SELECT current_setting('symbolon.purpose', true)) = 'monitoring' AND audience_id IN (SELECT readable_audiences()));
      CREATE POLICY picture_sum_counting ON picture_sum TO symbolon_counter USING (true) WITH CHECK (true);
      GRANT SELECT ON picture_sum, picture_summed TO symbolon_app;
      GRANT SELECT, INSERT, UPDATE (alerts), DELETE ON picture_sum TO symbolon_counter;
      GRANT SELECT, UPDATE ON picture_summed TO symbolon_counter;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE picture_sum, picture_summed');
  }
}
