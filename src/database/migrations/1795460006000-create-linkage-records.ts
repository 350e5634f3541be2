import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is matched. The app role hands tokens over and can never read one again; the matcher alone keeps them. Whom confirmed links make one person is kept
 * apart from that, by alert, for readers of the alert.
 */
export class CreateLinkageRecords1795460006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE linkage_arrival (
        position bigint CONSTRAINT linkage_arrival_pk PRIMARY KEY,
        alert_id uuid NOT NULL,
        sender text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        facts jsonb NOT NULL,
        tokens jsonb
      );
      COMMENT ON TABLE linkage_arrival IS 'What was accepted and is not matched yet, by its place in the log. tokens: keyed once more by the hub, each with epoch and kind of key; empty when those of the alert are gone; null when they stay.';

      CREATE TABLE linkage_key (
        id smallint GENERATED ALWAYS AS IDENTITY CONSTRAINT linkage_key_pk PRIMARY KEY,
        epoch text NOT NULL,
        kind text NOT NULL,
        CONSTRAINT linkage_key_epoch_kind_key UNIQUE (epoch, kind)
      );
      COMMENT ON TABLE linkage_key IS 'Epochs with kinds of keys, each kept once.';

      CREATE TABLE linkage_record (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT linkage_record_pk PRIMARY KEY,
        alert_id uuid NOT NULL CONSTRAINT linkage_record_alert_key UNIQUE,
        sender text NOT NULL,
        group_id bigint NOT NULL,
        keys smallint[] NOT NULL,
        facts jsonb NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX linkage_record_group ON linkage_record (group_id);
      CREATE INDEX linkage_record_expiry ON linkage_record (expires_at);
      COMMENT ON TABLE linkage_record IS 'Alerts whose tokens can be compared. Records of one group may be one person: they are joined by suggestions or look alike to their one sender, and do not compete.';

      CREATE TABLE linkage_token (
        token bytea NOT NULL CONSTRAINT linkage_token_length CHECK (octet_length(token) = 16),
        record bigint NOT NULL CONSTRAINT linkage_token_record_fk REFERENCES linkage_record (id) ON DELETE CASCADE,
        CONSTRAINT linkage_token_pk PRIMARY KEY (token, record)
      );
      CREATE INDEX linkage_token_record ON linkage_token (record);
      COMMENT ON TABLE linkage_token IS 'Tokens as the hub keyed them over epoch and kind of key. Equality is all that they tell.';

      CREATE TABLE linkage_kin (
        record bigint NOT NULL CONSTRAINT linkage_kin_record_fk REFERENCES linkage_record (id) ON DELETE CASCADE,
        other bigint NOT NULL CONSTRAINT linkage_kin_other_fk REFERENCES linkage_record (id) ON DELETE CASCADE,
        CONSTRAINT linkage_kin_pk PRIMARY KEY (record, other)
      );
      CREATE INDEX linkage_kin_other ON linkage_kin (other);
      COMMENT ON TABLE linkage_kin IS 'Records of one sender that look like one person. Nobody is told: the sender knows its own. They do not compete.';

      CREATE TABLE linkage_population (
        one boolean NOT NULL DEFAULT true CONSTRAINT linkage_population_pk PRIMARY KEY CONSTRAINT linkage_population_one CHECK (one),
        groups bigint NOT NULL DEFAULT 0,
        last_group bigint NOT NULL DEFAULT 0
      );
      INSERT INTO linkage_population DEFAULT VALUES;
      COMMENT ON TABLE linkage_population IS 'How many groups linkage_record holds, counted as they come and go, and the number last given to one.';

      CREATE TABLE linkage_regrouping (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT linkage_regrouping_pk PRIMARY KEY,
        link_id uuid NOT NULL
      );
      COMMENT ON TABLE linkage_regrouping IS 'Links that began or ceased to join two records and whose groups the matcher has to look at again.';

      CREATE FUNCTION note_regrouping() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      BEGIN
        INSERT INTO linkage_regrouping (link_id) VALUES (NEW.id);
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION note_regrouping FROM PUBLIC;
      COMMENT ON FUNCTION note_regrouping IS 'Whoever decides a link leaves a note for the matcher, which alone writes groups.';
      CREATE TRIGGER link_regrouping AFTER UPDATE OF state ON link FOR EACH ROW
        WHEN ((OLD.state IN ('suggested', 'comparing', 'confirmed', 'disputed')) <> (NEW.state IN ('suggested', 'comparing', 'confirmed', 'disputed')))
        EXECUTE FUNCTION note_regrouping();

      CREATE TABLE alert_person (
        alert_id uuid CONSTRAINT alert_person_pk PRIMARY KEY,
        person uuid NOT NULL DEFAULT gen_random_uuid()
      );
      COMMENT ON TABLE alert_person IS 'A random number of the person whom an alert with tokens is about, the same for alerts that confirmed links join. Shown to nobody: each reader has a pseudonym made of it.';

      CREATE FUNCTION keep_alert_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      BEGIN
        IF NEW.tokens = '[]' THEN
          DELETE FROM alert_person WHERE alert_id = NEW.alert_id;
        ELSIF NEW.tokens IS NOT NULL THEN
          INSERT INTO alert_person (alert_id) VALUES (NEW.alert_id) ON CONFLICT (alert_id) DO NOTHING;
        END IF;
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION keep_alert_person FROM PUBLIC;
      COMMENT ON FUNCTION keep_alert_person IS 'Gives an alert that brings tokens a person of its own, and takes it away with the tokens, in the transaction that accepts them.';
      CREATE TRIGGER linkage_arrival_person AFTER INSERT ON linkage_arrival FOR EACH ROW EXECUTE FUNCTION keep_alert_person();

      -- A set of alerts that confirmed links join to the given one, itself among them.
      CREATE FUNCTION confirmed_with(alert uuid) RETURNS uuid[] LANGUAGE sql STABLE SET search_path = symbolon, pg_temp AS $$
        WITH RECURSIVE joined AS (
          SELECT alert AS alert_id
          UNION
          SELECT there.alert_id FROM joined
          JOIN link_side here ON here.alert_id = joined.alert_id
          JOIN link ON link.id = here.link_id AND link.state = 'confirmed'
          JOIN link_side there ON there.link_id = here.link_id AND there.side <> here.side
        )
        SELECT array_agg(alert_id) FROM joined
      $$;
      REVOKE ALL ON FUNCTION confirmed_with FROM PUBLIC;
      COMMENT ON FUNCTION confirmed_with IS 'The alerts that confirmed links join to an alert, itself among them. For regroup_persons alone.';

      CREATE FUNCTION regroup_persons(link uuid) RETURNS void
      LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      DECLARE
        side_alert uuid;
        persons uuid[];
        number uuid;
        regrouped uuid[] := '{}';
      BEGIN
        -- One at a time: of two links confirmed at once, the second has to see the first.
        PERFORM pg_advisory_xact_lock(hashtext('symbolon persons'));
        IF NOT EXISTS (SELECT FROM link l WHERE l.id = regroup_persons.link AND l.state IN ('confirmed', 'withdrawn')) THEN RETURN; END IF;
        FOR side_alert IN SELECT s.alert_id FROM link_side s WHERE s.link_id = regroup_persons.link ORDER BY s.side LOOP
          CONTINUE WHEN side_alert = ANY (regrouped);
          persons := confirmed_with(side_alert);
          number := gen_random_uuid();
          UPDATE alert_person SET person = number WHERE alert_id = ANY (persons);
          regrouped := regrouped || persons;
        END LOOP;
      END $$;
      REVOKE ALL ON FUNCTION regroup_persons FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION regroup_persons TO symbolon_app;
      COMMENT ON FUNCTION regroup_persons IS 'Gives new numbers to the persons whom a link, just confirmed or withdrawn, joins or parts (PROTOCOL.md K11). To be called in the transaction that changes the link, after the change.';

      ALTER TABLE linkage_arrival ENABLE ROW LEVEL SECURITY;
      CREATE POLICY linkage_arrival_add ON linkage_arrival FOR INSERT TO symbolon_app WITH CHECK (sender = (SELECT current_member()));
      CREATE POLICY linkage_arrival_match ON linkage_arrival TO symbolon_matcher USING (true);
      ALTER TABLE alert_person ENABLE ROW LEVEL SECURITY;
      CREATE POLICY alert_person_read ON alert_person FOR SELECT TO symbolon_app
        USING ((SELECT current_member()) IS NOT NULL AND EXISTS (SELECT FROM alert WHERE alert.id = alert_person.alert_id));
      CREATE POLICY alert_person_end ON alert_person TO symbolon_matcher USING (true);
      -- They bind nobody until row-level security is switched on for the two.
      CREATE POLICY link_matching ON link TO symbolon_matcher USING (true) WITH CHECK (true);
      CREATE POLICY link_side_matching ON link_side TO symbolon_matcher USING (true) WITH CHECK (true);

      GRANT INSERT ON linkage_arrival TO symbolon_app;
      GRANT SELECT ON alert_person TO symbolon_app;
      GRANT SELECT, DELETE ON linkage_arrival, linkage_regrouping, alert_person TO symbolon_matcher;
      GRANT SELECT, INSERT ON linkage_key TO symbolon_matcher;
      GRANT SELECT, INSERT, UPDATE, DELETE ON linkage_record, linkage_token, linkage_kin TO symbolon_matcher;
      GRANT SELECT, UPDATE ON linkage_population TO symbolon_matcher;
      GRANT DELETE ON link, link_side TO symbolon_matcher;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE DELETE ON link, link_side FROM symbolon_matcher;
      DROP POLICY link_side_matching ON link_side;
      DROP POLICY link_matching ON link;
      DROP FUNCTION regroup_persons, confirmed_with;
      DROP TRIGGER link_regrouping ON link;
      DROP TABLE alert_person, linkage_regrouping, linkage_population, linkage_kin, linkage_token, linkage_record, linkage_key, linkage_arrival;
      DROP FUNCTION keep_alert_person, note_regrouping;
    `);
  }
}
