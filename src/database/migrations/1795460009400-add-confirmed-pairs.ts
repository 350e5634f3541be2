import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the weights are estimated anew by: how often confirmed pairs stand on each rung. Sums and not rows, because a row would go on to tell how two alerts agree
 * when their tokens are long forgotten. A row is there only while a link is open or may be taken back, and goes with the tokens.
 */
export class AddConfirmedPairs1795460009400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE linkage_rungs (
        link_id uuid CONSTRAINT linkage_rungs_pk PRIMARY KEY CONSTRAINT linkage_rungs_link_fk REFERENCES link (id) ON DELETE CASCADE,
        rungs jsonb NOT NULL
      );
      COMMENT ON TABLE linkage_rungs IS 'On which rung of each ladder the two alerts of a link stood when it was suggested. No decoy has any. The matcher adds and removes rows and reads none.';

      CREATE TABLE linkage_confirmed (
        ladder text,
        rung text,
        pairs integer NOT NULL,
        CONSTRAINT linkage_confirmed_pk PRIMARY KEY (ladder, rung)
      );
      COMMENT ON TABLE linkage_confirmed IS 'How many pairs that two holders confirmed, and did not take back, stand on a rung. Whose they were it does not tell.';

      CREATE FUNCTION count_confirmed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      BEGIN
        -- In one order, so that two links decided at once wait for each other and not in a circle.
        IF NEW.state = 'confirmed' OR OLD.state = 'confirmed' THEN
          INSERT INTO linkage_confirmed AS counted (ladder, rung, pairs)
          SELECT stood.ladder, stood.rung, CASE WHEN NEW.state = 'confirmed' THEN 1 ELSE -1 END
          FROM linkage_rungs r CROSS JOIN jsonb_each_text(r.rungs) AS stood (ladder, rung)
          WHERE r.link_id = NEW.id AND stood.rung IS NOT NULL ORDER BY stood.ladder, stood.rung
          ON CONFLICT (ladder, rung) DO UPDATE SET pairs = counted.pairs + EXCLUDED.pairs;
        END IF;
        IF NEW.state IN ('rejected', 'withdrawn', 'lapsed') THEN
          DELETE FROM linkage_rungs r WHERE r.link_id = NEW.id;
        END IF;
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION count_confirmed FROM PUBLIC;
      COMMENT ON FUNCTION count_confirmed IS 'Counts a link that is confirmed and takes it out of the count when it is withdrawn; neither who decides nor anybody else sees the count.';
      CREATE TRIGGER link_counting AFTER UPDATE OF state ON link FOR EACH ROW
        WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION count_confirmed();

      GRANT SELECT (link_id), INSERT, DELETE ON linkage_rungs TO symbolon_matcher;
      GRANT SELECT ON linkage_confirmed TO symbolon_matcher;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER link_counting ON link;
      DROP FUNCTION count_confirmed;
      DROP TABLE linkage_confirmed, linkage_rungs;
    `);
  }
}
