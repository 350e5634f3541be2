import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is published anybody may see, so that only such alerts are in it as everyone is addressed by, and as may be passed on. They are cut into pieces of their own; whoever publishes reads no
 * others, by a policy that stands beside the one for members and holds while the transaction says that it publishes. What was counted before is in pieces that may not be published.
 */
export class CreatePublications1795460020100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE trait ADD COLUMN publishable boolean NOT NULL DEFAULT false;
      COMMENT ON COLUMN trait.publishable IS 'Whether the handling code lets the alert be passed on.';
      ALTER TABLE picture_piece ADD COLUMN publishable boolean NOT NULL DEFAULT false;
      COMMENT ON COLUMN picture_piece.publishable IS 'Whether all its alerts may be counted in what anybody may see: addressed to everyone for monitoring, under a handling code that lets them be passed on.';

      CREATE FUNCTION addresses_everyone(a audience) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
        SELECT a.everyone AND a.members = '{}' AND a.countries IS NULL AND a.kinds IS NULL AND a.purposes @> ARRAY['monitoring']
      $$;
      REVOKE ALL ON FUNCTION addresses_everyone FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION addresses_everyone TO symbolon_app, symbolon_counter;
      COMMENT ON FUNCTION addresses_everyone IS 'Whether an audience is everyone, for monitoring among others, and names nobody besides.';

      CREATE POLICY picture_piece_publishing ON picture_piece AS RESTRICTIVE FOR SELECT TO symbolon_app
        USING ((SELECT current_member()) IS NOT NULL AND ((SELECT coalesce(current_setting('symbolon.publishing', true), '')) <> 'on'
          OR (publishable AND audience_id IN (SELECT u.id FROM audience u WHERE addresses_everyone(u)))));

      -- Sums do not tell apart what may be published: whoever publishes reads pieces.
      CREATE POLICY picture_sum_publishing ON picture_sum AS RESTRICTIVE FOR SELECT TO symbolon_app
        USING ((SELECT current_member()) IS NOT NULL AND (SELECT coalesce(current_setting('symbolon.publishing', true), '')) <> 'on');

      CREATE TABLE publication_asked (
        position bigint CONSTRAINT publication_asked_pk PRIMARY KEY CONSTRAINT publication_asked_log_fk REFERENCES log_entry (position),
        member text NOT NULL CONSTRAINT publication_asked_member_fk REFERENCES member (code),
        statement text NOT NULL,
        receipt text NOT NULL
      );
      COMMENT ON TABLE publication_asked IS 'The statements by which members asked for publications, with the hub''s receipts. Append-only.';
      ALTER TABLE publication_asked ENABLE ROW LEVEL SECURITY;
      CREATE POLICY publication_asked_own ON publication_asked TO symbolon_app
        USING (member = (SELECT current_member())) WITH CHECK (member = (SELECT current_member()));

      CREATE TABLE publication (
        position bigint CONSTRAINT publication_pk PRIMARY KEY CONSTRAINT publication_log_fk REFERENCES log_entry (position),
        asked_position bigint NOT NULL CONSTRAINT publication_asked_key UNIQUE CONSTRAINT publication_asked_fk REFERENCES publication_asked (position),
        hash bytea NOT NULL CONSTRAINT publication_hash_key UNIQUE,
        title text NOT NULL,
        publisher text NOT NULL CONSTRAINT publication_publisher_fk REFERENCES member (code),
        published_at timestamptz NOT NULL,
        as_of date,
        method text NOT NULL,
        tables integer NOT NULL CONSTRAINT publication_tables CHECK (tables > 0),
        replaces bytea CONSTRAINT publication_replaces_key UNIQUE CONSTRAINT publication_replaces_fk REFERENCES publication (hash),
        document text NOT NULL,
        statement text NOT NULL,
        receipt text NOT NULL,
        CONSTRAINT publication_hash_of_document CHECK (hash = sha256(convert_to(document, 'UTF8')))
      );
      CREATE INDEX publication_publisher ON publication (publisher, position);
      COMMENT ON TABLE publication IS 'What the hub published, for anybody: the document in its canonical form, the hub''s statement, and its receipt for it. Append-only.';

      GRANT SELECT, INSERT ON publication_asked, publication TO symbolon_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE publication, publication_asked;
      DROP POLICY picture_sum_publishing ON picture_sum;
      DROP POLICY picture_piece_publishing ON picture_piece;
      DROP FUNCTION addresses_everyone;
      ALTER TABLE picture_piece DROP COLUMN publishable;
      ALTER TABLE trait DROP COLUMN publishable;
    `);
  }
}
