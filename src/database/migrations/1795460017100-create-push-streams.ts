import type { MigrationInterface, QueryRunner } from 'typeorm';

const OWN_INBOX = `(SELECT i.id FROM inbox i WHERE i.member = (SELECT current_member()))`;

/**
 * Where a member has its inbox pushed to, how far that got, what a receiver refused, and what it took out of turn. All of it is of one member and one purpose,
 * and row-level security binds it so; only which streams are due is known to whoever acts for nobody.
 */
export class CreatePushStreams1795460017100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE push_stream (
        member text NOT NULL CONSTRAINT push_stream_member_fk REFERENCES member (code),
        purpose text NOT NULL CONSTRAINT push_stream_purpose_known CHECK (purpose IN ('protection', 'prosecution', 'prevention', 'monitoring')),
        endpoint text NOT NULL CONSTRAINT push_stream_endpoint_length CHECK (length(endpoint) <= 500),
        sealed_authorization bytea,
        officer text NOT NULL,
        officer_kid text NOT NULL,
        configured_at timestamptz NOT NULL DEFAULT now(),
        stopped_for text CONSTRAINT push_stream_stopped_known CHECK (stopped_for IN ('tries-used-up', 'officer-may-not-act', 'member-may-not-act')),
        pushed integer NOT NULL,
        tries integer NOT NULL DEFAULT 0,
        last_error text,
        last_error_at timestamptz,
        next_try_at timestamptz NOT NULL DEFAULT now(),
        holder uuid,
        held_until timestamptz NOT NULL DEFAULT '-infinity',
        CONSTRAINT push_stream_pk PRIMARY KEY (member, purpose)
      );
      COMMENT ON TABLE push_stream IS 'Where an inbox is pushed to, for which officer, and up to which entry that was done. The authorization is sealed under a key of the hub.';
      COMMENT ON COLUMN push_stream.holder IS 'The run that pushes it now, until held_until: what another run does meanwhile moves nothing.';

      CREATE TABLE dead_letter (
        inbox_id integer NOT NULL CONSTRAINT dead_letter_inbox_fk REFERENCES inbox (id),
        seq integer NOT NULL,
        error text NOT NULL,
        refused_at timestamptz NOT NULL DEFAULT now(),
        again_at timestamptz,
        CONSTRAINT dead_letter_pk PRIMARY KEY (inbox_id, seq)
      );
      COMMENT ON TABLE dead_letter IS 'Entries that a receiver refused, by the number in the inbox and the code of RFC 8935; again_at when they are to be delivered once more.';

      CREATE TABLE inbox_settled (
        inbox_id integer NOT NULL CONSTRAINT inbox_settled_inbox_fk REFERENCES inbox (id),
        seq integer NOT NULL,
        CONSTRAINT inbox_settled_pk PRIMARY KEY (inbox_id, seq)
      );
      COMMENT ON TABLE inbox_settled IS 'Entries that the member took in while one before them is open; the acknowledged mark takes them in when it comes to them.';

      ALTER TABLE push_stream ENABLE ROW LEVEL SECURITY;
      CREATE POLICY push_stream_own ON push_stream TO symbolon_app
        USING (member = (SELECT current_member()) AND purpose = (SELECT current_setting('symbolon.purpose', true)));
      ALTER TABLE dead_letter ENABLE ROW LEVEL SECURITY;
      CREATE POLICY dead_letter_own ON dead_letter TO symbolon_app USING (inbox_id = ${OWN_INBOX});
      ALTER TABLE inbox_settled ENABLE ROW LEVEL SECURITY;
      CREATE POLICY inbox_settled_own ON inbox_settled TO symbolon_app USING (inbox_id = ${OWN_INBOX});
      GRANT SELECT, INSERT, UPDATE, DELETE ON push_stream TO symbolon_app;
      GRANT SELECT, INSERT, DELETE, UPDATE (error, refused_at, again_at) ON dead_letter TO symbolon_app;
      GRANT SELECT, INSERT, DELETE ON inbox_settled TO symbolon_app;

      CREATE FUNCTION settle_entries(settled integer[]) RETURNS integer
      LANGUAGE plpgsql VOLATILE SET search_path = symbolon, pg_temp AS $$
      DECLARE
        mine integer;
        mark integer;
      BEGIN
        SELECT i.id INTO mine FROM inbox i WHERE i.member = current_member() AND i.purpose = current_setting('symbolon.purpose', true);
        SELECT r.acknowledged INTO mark FROM inbox_reading r WHERE r.inbox_id = mine FOR UPDATE;
        INSERT INTO inbox_settled (inbox_id, seq) SELECT mine, s FROM unnest(settled) s WHERE s > mark ON CONFLICT DO NOTHING;
        DELETE FROM dead_letter d WHERE d.inbox_id = mine AND d.seq = ANY (settled);
        IF NOT EXISTS (SELECT FROM inbox_settled s WHERE s.inbox_id = mine AND s.seq = mark + 1) THEN RETURN mark; END IF;
        SELECT max(n.seq) INTO mark FROM (
          SELECT s.seq, row_number() OVER (ORDER BY s.seq) AS place FROM inbox_settled s WHERE s.inbox_id = mine AND s.seq > mark
        ) n WHERE n.seq = mark + n.place;
        DELETE FROM inbox_settled s WHERE s.inbox_id = mine AND s.seq <= mark;
        UPDATE inbox_reading r SET acknowledged = mark WHERE r.inbox_id = mine;
        RETURN mark;
      END $$;
      COMMENT ON FUNCTION settle_entries IS 'Notes that the acting member took these entries in, and moves its acknowledged mark as far as none before it is open.';
      REVOKE ALL ON FUNCTION settle_entries FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION settle_entries TO symbolon_app;

      CREATE FUNCTION due_push_streams() RETURNS TABLE (member text, purpose text)
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
        UPDATE push_stream s SET stopped_for = 'member-may-not-act', holder = NULL, held_until = '-infinity' FROM member m
        WHERE m.code = s.member AND s.stopped_for IS NULL AND (m.state <> 'active' OR s.purpose <> ALL (m.mandate));
        SELECT s.member, s.purpose FROM push_stream s JOIN inbox i ON i.member = s.member AND i.purpose = s.purpose
        WHERE s.stopped_for IS NULL AND s.next_try_at <= now() AND s.held_until < now()
          AND (i.last_seq > s.pushed OR EXISTS (SELECT FROM dead_letter d WHERE d.inbox_id = i.id AND d.again_at IS NOT NULL))
      $$;
      COMMENT ON FUNCTION due_push_streams IS 'Which streams have something to push now and nobody at it: codes and purposes, for the queue. Stops those of members who may not act, as whom nobody can.';
      REVOKE ALL ON FUNCTION due_push_streams FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION due_push_streams TO symbolon_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION due_push_streams, settle_entries;
      DROP TABLE inbox_settled, dead_letter, push_stream;
    `);
  }
}
