import type { MigrationInterface, QueryRunner } from 'typeorm';

const OWN =
  "(SELECT i.id FROM inbox i WHERE i.member = current_member() AND i.purpose = current_setting('symbolon.purpose', true))";

/**
 * What each member is told for each purpose, in one order without a gap. The filler works off the log up to its last head, one node at a time, and moves its
 * mark in the transaction that writes the entries. What readers change lies in a table of its own, so that no reader waits for the filler, nor it for them.
 */
export class CreateInboxes1795460011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE inbox (
        id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT inbox_pk PRIMARY KEY,
        member text NOT NULL,
        purpose text NOT NULL CONSTRAINT inbox_purpose_known CHECK (purpose IN ('protection', 'prosecution', 'prevention', 'monitoring')),
        last_seq integer NOT NULL DEFAULT 0,
        last_chain bytea CONSTRAINT inbox_chain_length CHECK (octet_length(last_chain) = 32),
        CONSTRAINT inbox_member_purpose_key UNIQUE (member, purpose),
        CONSTRAINT inbox_begun CHECK ((last_seq = 0) = (last_chain IS NULL))
      );
      COMMENT ON TABLE inbox IS 'One for each member and purpose of its mandate: the number of its last entry and the hash of the chain up to it.';

      CREATE TABLE inbox_reading (
        inbox_id integer CONSTRAINT inbox_reading_pk PRIMARY KEY CONSTRAINT inbox_reading_inbox_fk REFERENCES inbox (id),
        given integer NOT NULL DEFAULT 0,
        acknowledged integer NOT NULL DEFAULT 0,
        CONSTRAINT inbox_reading_order CHECK (0 <= acknowledged AND acknowledged <= given)
      );
      COMMENT ON TABLE inbox_reading IS 'Up to which entry an inbox was ever handed out, and up to which the member acknowledged it.';

      -- No foreign keys: a batch would look each of its rows up in three tables. The wide columns come first, so that no byte is lost between them.
      CREATE TABLE inbox_entry (
        position bigint NOT NULL,
        inbox_id integer NOT NULL,
        seq integer NOT NULL,
        subject uuid NOT NULL,
        class smallint NOT NULL,
        chain bytea NOT NULL CONSTRAINT inbox_entry_chain_length CHECK (octet_length(chain) = 32),
        CONSTRAINT inbox_entry_pk PRIMARY KEY (inbox_id, seq)
      );
      CREATE INDEX inbox_entry_subject ON inbox_entry (subject, inbox_id);
      CREATE INDEX inbox_entry_class ON inbox_entry (inbox_id, class, seq);
      COMMENT ON TABLE inbox_entry IS 'What inboxes hold: where the log has the statement, about which alert or link it is, and the hash of the chain. Holds no content. Append-only.';
      COMMENT ON COLUMN inbox_entry.class IS 'Eight times the event (1 raised, 2 updated, 3 withdrawn, 4 opened, 5 message, 6 confirmed, 7 rejected, 8 link withdrawn) and the kind of alert (1 case, 2 returnee, 3 pattern, 4 retrafficking; 0 for links).';

      CREATE TABLE inbox_fill (
        id boolean CONSTRAINT inbox_fill_pk PRIMARY KEY DEFAULT true CONSTRAINT inbox_fill_one CHECK (id),
        position bigint NOT NULL
      );
      INSERT INTO inbox_fill (position) VALUES (0);
      COMMENT ON TABLE inbox_fill IS 'Up to which position of the log the inboxes are filled.';

      ALTER TABLE inbox ENABLE ROW LEVEL SECURITY;
      CREATE POLICY inbox_read ON inbox FOR SELECT TO symbolon_app
        USING (member = (SELECT current_member()) AND purpose = (SELECT current_setting('symbolon.purpose', true)));
      ALTER TABLE inbox_reading ENABLE ROW LEVEL SECURITY;
      CREATE POLICY inbox_reading_read ON inbox_reading FOR SELECT TO symbolon_app USING (inbox_id = ${OWN});
      CREATE POLICY inbox_reading_change ON inbox_reading FOR UPDATE TO symbolon_app USING (inbox_id = ${OWN});
      ALTER TABLE inbox_entry ENABLE ROW LEVEL SECURITY;
      CREATE POLICY inbox_entry_read ON inbox_entry FOR SELECT TO symbolon_app USING (inbox_id = ${OWN});
      ALTER TABLE inbox_fill ENABLE ROW LEVEL SECURITY;
      GRANT SELECT ON inbox, inbox_reading, inbox_entry TO symbolon_app;
      GRANT UPDATE (given, acknowledged) ON inbox_reading TO symbolon_app;

      CREATE FUNCTION inbox_withdrawals(after_seq integer, up_to_seq integer) RETURNS TABLE (seq integer, statement text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
        SELECT e.seq, s.statement
        FROM inbox i JOIN inbox_entry e ON e.inbox_id = i.id JOIN alert_statement s ON s.position = e.position JOIN alert a ON a.id = e.subject
        WHERE i.member = current_member() AND i.purpose = current_setting('symbolon.purpose', true)
          AND e.seq > after_seq AND e.seq <= up_to_seq AND e.class / 8 = 3 AND a.expires_at > now()
      $$;
      COMMENT ON FUNCTION inbox_withdrawals IS 'The withdrawals in the acting inbox verbatim, until the alert would have expired: whoever was told of an alert is told by its sender that it is taken back.';
      REVOKE ALL ON FUNCTION inbox_withdrawals FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION inbox_withdrawals TO symbolon_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION inbox_withdrawals;
      DROP TABLE inbox_fill, inbox_entry, inbox_reading, inbox;
    `);
  }
}
