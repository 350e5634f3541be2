import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who was given an alert's content, by alert, follows from the access records, whichever operation leaves them: a trigger writes a pair once and finds it there
 * each further time. An index over the lists of ids in the records would grow with every page that is read again, and the app role could not use it (array
 * operators are not leakproof).
 */
export class CreateObligations1795460012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accord_term (
        one boolean NOT NULL DEFAULT true CONSTRAINT accord_term_pk PRIMARY KEY CONSTRAINT accord_term_one CHECK (one),
        answer_days integer NOT NULL DEFAULT 14 CONSTRAINT accord_term_answer CHECK (answer_days >= 1),
        erasure_days integer NOT NULL DEFAULT 30,
        CONSTRAINT accord_term_order CHECK (erasure_days >= answer_days)
      );
      INSERT INTO accord_term DEFAULT VALUES;
      COMMENT ON TABLE accord_term IS 'How many days recipients have to answer for an alert that ended, and after how many its content is erased. Written by each node at its start from its configuration.';
      GRANT SELECT ON accord_term TO symbolon_app;
      GRANT UPDATE (answer_days, erasure_days) ON accord_term TO symbolon_app;

      CREATE TABLE alert_reader (
        alert_id uuid NOT NULL,
        reader text NOT NULL,
        purpose text NOT NULL,
        CONSTRAINT alert_reader_pk PRIMARY KEY (alert_id, reader, purpose)
      );
      COMMENT ON TABLE alert_reader IS 'Recipients of record: to which members content of an alert was given, for which purposes, until they sign that they erased it. For functions alone.';
      INSERT INTO alert_reader
        SELECT DISTINCT given.id, r.reader, r.purpose FROM access_record r CROSS JOIN LATERAL unnest(r.alert_ids) AS given (id) WHERE r.reader <> r.owner;

      CREATE FUNCTION note_alert_readers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      BEGIN
        -- In the order of the key, so that two readings of one page cannot wait for each other.
        INSERT INTO alert_reader (alert_id, reader, purpose)
        SELECT DISTINCT given.id, f.reader, f.purpose FROM fresh f CROSS JOIN LATERAL unnest(f.alert_ids) AS given (id)
        WHERE f.reader <> f.owner ORDER BY given.id, f.reader, f.purpose
        ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION note_alert_readers FROM PUBLIC;
      COMMENT ON FUNCTION note_alert_readers IS 'Makes whoever was given content of others a recipient of record, in the transaction of the reading.';
      CREATE TRIGGER access_record_readers AFTER INSERT ON access_record REFERENCING NEW TABLE AS fresh
        FOR EACH STATEMENT EXECUTE FUNCTION note_alert_readers();

      CREATE TABLE obligation (
        place bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT obligation_pk PRIMARY KEY,
        alert_id uuid NOT NULL,
        debtor text NOT NULL,
        creditor text NOT NULL,
        cause text NOT NULL CONSTRAINT obligation_cause_known CHECK (cause IN ('withdrawn', 'narrowed', 'erased')),
        incurred_at timestamptz NOT NULL DEFAULT now(),
        due_at timestamptz NOT NULL,
        state text NOT NULL DEFAULT 'outstanding' CONSTRAINT obligation_state_known CHECK (state IN ('outstanding', 'retained', 'erased')),
        ground text CONSTRAINT obligation_ground_known
          CHECK (ground IN ('ongoing-proceedings', 'court-order', 'legal-obligation', 'legal-claims', 'public-archive')),
        answered_at timestamptz,
        CONSTRAINT obligation_ground_said CHECK ((state = 'retained') = (ground IS NOT NULL)),
        CONSTRAINT obligation_two CHECK (debtor <> creditor)
      );
      -- Whoever erased an alert and was given it again owes anew; whoever still holds it owes once.
      CREATE UNIQUE INDEX obligation_open ON obligation (alert_id, debtor, creditor) WHERE state <> 'erased';
      CREATE INDEX obligation_alert ON obligation (alert_id, debtor, place);
      CREATE INDEX obligation_debtor ON obligation (debtor, place);
      CREATE INDEX obligation_creditor ON obligation (creditor, place);
      CREATE INDEX obligation_debtor_outstanding ON obligation (debtor, place) WHERE state = 'outstanding';
      CREATE INDEX obligation_creditor_outstanding ON obligation (creditor, place) WHERE state = 'outstanding';
      COMMENT ON TABLE obligation IS 'That a recipient of record owes a signed statement on what it holds of an alert. Written by functions alone.';

      CREATE TABLE obligation_statement (
        position bigint NOT NULL CONSTRAINT obligation_statement_pk PRIMARY KEY,
        alert_id uuid NOT NULL,
        issuer text NOT NULL,
        statement text NOT NULL
      );
      CREATE INDEX obligation_statement_alert ON obligation_statement (alert_id, issuer, position);
      COMMENT ON TABLE obligation_statement IS 'The accepted answers to obligations, verbatim, by their place in the log. They name an alert and hold nothing of its content. Append-only.';

      ALTER TABLE obligation ENABLE ROW LEVEL SECURITY;
      CREATE POLICY obligation_read ON obligation FOR SELECT TO symbolon_app
        USING (debtor = (SELECT current_member()) OR creditor = (SELECT current_member()));
      ALTER TABLE obligation_statement ENABLE ROW LEVEL SECURITY;
      CREATE POLICY obligation_statement_read ON obligation_statement FOR SELECT TO symbolon_app USING (
        issuer = (SELECT current_member())
        OR EXISTS (
          SELECT FROM obligation o WHERE o.alert_id = obligation_statement.alert_id AND o.debtor = issuer AND o.creditor = (SELECT current_member())));
      GRANT SELECT ON obligation, obligation_statement TO symbolon_app;

      CREATE TABLE alert_ending (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT alert_ending_pk PRIMARY KEY,
        alert_id uuid NOT NULL,
        cause text NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      );
      COMMENT ON TABLE alert_ending IS 'Endings whose recipients of record are looked at once more: a reading that was under way while the alert ended is recorded after it. For functions alone.';

      ALTER TABLE alert_reader ENABLE ROW LEVEL SECURITY;
      ALTER TABLE alert_ending ENABLE ROW LEVEL SECURITY;

      CREATE FUNCTION audience_reaches(said integer, reader text, purpose text) RETURNS boolean
      LANGUAGE sql STABLE SET search_path = symbolon, pg_temp AS $$
        SELECT EXISTS (
          SELECT FROM audience a, member m WHERE a.id = said AND m.code = reader AND purpose = ANY (a.purposes) AND (
            a.everyone OR a.members @> ARRAY[m.code]
            OR ((a.countries IS NOT NULL OR a.kinds IS NOT NULL)
              AND (a.countries IS NULL OR a.countries @> ARRAY[m.country])
              AND (a.kinds IS NULL OR a.kinds @> ARRAY[m.kind]))))
      $$;
      REVOKE ALL ON FUNCTION audience_reaches FROM PUBLIC;
      COMMENT ON FUNCTION audience_reaches IS 'Whether an audience addresses a member for a purpose (PROTOCOL.md L3). For functions alone.';

      CREATE FUNCTION open_obligations(ended uuid, why text) RETURNS void
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
        INSERT INTO obligation (alert_id, debtor, creditor, cause, due_at)
        SELECT DISTINCT a.id, r.reader, owner.code, why, now() + make_interval(days => t.answer_days)
        FROM alert a JOIN alert_reader r ON r.alert_id = a.id CROSS JOIN accord_term t
        CROSS JOIN LATERAL (
          SELECT a.sender WHERE a.sender <> 'hub' UNION ALL SELECT flag_owners(a.id) WHERE a.sender = 'hub'
        ) owner (code)
        WHERE a.id = ended AND r.reader <> owner.code AND (why <> 'narrowed' OR NOT EXISTS (
          SELECT FROM alert_reader read
          WHERE read.alert_id = a.id AND read.reader = r.reader AND audience_reaches(a.audience_id, read.reader, read.purpose)))
        ON CONFLICT (alert_id, debtor, creditor) WHERE state <> 'erased' DO NOTHING
      $$;
      REVOKE ALL ON FUNCTION open_obligations FROM PUBLIC;
      COMMENT ON FUNCTION open_obligations IS 'Has each recipient of record of an alert that ended owe a statement to its sender; when it was narrowed, those whom it addresses no more. Once, however often it is called. For functions alone.';

      CREATE FUNCTION end_alert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      DECLARE
        why text := CASE WHEN NEW.statement IS NULL THEN 'erased' WHEN NEW.state = 'withdrawn' THEN 'withdrawn' WHEN NEW.state = 'active' THEN 'narrowed' END;
      BEGIN
        IF why IS NOT NULL THEN
          PERFORM open_obligations(NEW.id, why);
          INSERT INTO alert_ending (alert_id, cause) VALUES (NEW.id, why);
        END IF;
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION end_alert FROM PUBLIC;
      COMMENT ON FUNCTION end_alert IS 'What follows for recipients when an alert is withdrawn, erased or addressed anew, by whomever.';
      CREATE TRIGGER alert_obligations AFTER UPDATE OF state, audience_id, statement ON alert FOR EACH ROW
        WHEN (OLD.state = 'active' AND (NEW.state <> 'active' OR NEW.audience_id <> OLD.audience_id OR NEW.statement IS NULL))
        EXECUTE FUNCTION end_alert();

      CREATE FUNCTION recall_readers() RETURNS void
      LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      DECLARE
        ending alert_ending;
      BEGIN
        FOR ending IN DELETE FROM alert_ending WHERE id IN (
          SELECT e.id FROM alert_ending e WHERE e.at < now() - interval '10 minutes' ORDER BY e.id LIMIT 500 FOR UPDATE SKIP LOCKED
        ) RETURNING * LOOP
          PERFORM open_obligations(ending.alert_id, ending.cause);
        END LOOP;
      END $$;
      REVOKE ALL ON FUNCTION recall_readers FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION recall_readers TO symbolon_app;
      COMMENT ON FUNCTION recall_readers IS 'Looks once more, ten minutes later, who was being given an alert while it ended. No reading lasts so long.';

      CREATE FUNCTION own_obligations(ended uuid) RETURNS SETOF obligation
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
        SELECT * FROM obligation o WHERE o.alert_id = ended AND o.debtor = current_member() ORDER BY o.place FOR UPDATE
      $$;
      COMMENT ON FUNCTION own_obligations IS 'The obligations of the acting member about an alert, held until the transaction ends. Nothing for others.';

      CREATE FUNCTION answer_obligation(ended uuid, log_position bigint, event_type text, because text, compact text) RETURNS void
      LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      DECLARE
        acting text := current_member();
        answer text := CASE substring(event_type FROM '[^/]*$') WHEN 'alert-erased' THEN 'erased' WHEN 'alert-retained' THEN 'retained' END;
      BEGIN
        IF answer IS NULL OR NOT EXISTS (
          SELECT FROM log_entry l WHERE l.position = log_position AND l.issuer = acting AND l.event = event_type) THEN
          RAISE EXCEPTION 'the statement answers no obligation';
        END IF;
        UPDATE obligation o SET state = answer, ground = because, answered_at = now()
        WHERE o.alert_id = ended AND o.debtor = acting AND o.state <> 'erased';
        IF NOT FOUND THEN RAISE EXCEPTION 'the obligation is answered'; END IF;
        INSERT INTO obligation_statement (position, alert_id, issuer, statement) VALUES (log_position, ended, acting, compact);
        IF answer = 'erased' THEN DELETE FROM alert_reader r WHERE r.alert_id = ended AND r.reader = acting; END IF;
      END $$;
      COMMENT ON FUNCTION answer_obligation IS 'Enters a logged answer of the acting member to its open obligations about an alert.';
      REVOKE ALL ON FUNCTION own_obligations, answer_obligation FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION own_obligations, answer_obligation TO symbolon_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION answer_obligation, own_obligations, recall_readers;
      DROP TRIGGER alert_obligations ON alert;
      DROP FUNCTION end_alert, open_obligations, audience_reaches;
      DROP TABLE alert_ending, obligation_statement, obligation;
      DROP TRIGGER access_record_readers ON access_record;
      DROP FUNCTION note_alert_readers;
      DROP TABLE alert_reader, accord_term;
    `);
  }
}
