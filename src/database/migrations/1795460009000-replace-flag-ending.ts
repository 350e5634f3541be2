import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A flag says what its alerts said to whom they said it. When an update of one of them reaches fewer readers or purposes than the flag does, or takes its tokens
 * back, the flag falls: it is signed once and cannot be narrowed.
 */
export class ReplaceFlagEnding1795460009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION flag_exceeds(flag alert, alert_audience integer) RETURNS boolean
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
        SELECT NOT (said.purposes <@ now_said.purposes) OR EXISTS (
          SELECT FROM unnest(said.members) AS named (code) JOIN member reader ON reader.code = named.code
          WHERE reader.code NOT IN (SELECT flag_owners(flag.id)) AND NOT (
            now_said.everyone OR now_said.members @> ARRAY[reader.code]
            OR ((now_said.countries IS NOT NULL OR now_said.kinds IS NOT NULL)
              AND (now_said.countries IS NULL OR now_said.countries @> ARRAY[reader.country])
              AND (now_said.kinds IS NULL OR now_said.kinds @> ARRAY[reader.kind]))))
        FROM audience said, audience now_said WHERE said.id = flag.audience_id AND now_said.id = alert_audience
      $$;
      REVOKE ALL ON FUNCTION flag_exceeds FROM PUBLIC;
      COMMENT ON FUNCTION flag_exceeds IS 'Whether a flag has a purpose, or a reader other than the two holders, that an audience does not have. For end_flags alone.';

      CREATE OR REPLACE FUNCTION end_flags() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      BEGIN
        UPDATE alert flag SET
          state = CASE WHEN NEW.state = 'withdrawn' OR flag_exceeds(flag, NEW.audience_id) THEN 'withdrawn' ELSE flag.state END,
          expires_at = least(flag.expires_at, NEW.expires_at)
        FROM link_side s JOIN link l ON l.id = s.link_id
        WHERE s.alert_id = NEW.id AND flag.id = l.flag_id AND flag.state = 'active';
        RETURN NULL;
      END $$;
      COMMENT ON FUNCTION end_flags IS 'Withdraws the flags that rest on an alert that is withdrawn or reaches less than they do, and lets them end no later than the alert.';
      DROP TRIGGER alert_flags_end ON alert;
      CREATE TRIGGER alert_flags_end AFTER UPDATE OF state, expires_at, audience_id ON alert FOR EACH ROW
        WHEN (OLD.state = 'active' AND (NEW.state = 'withdrawn' OR NEW.expires_at < OLD.expires_at OR NEW.audience_id <> OLD.audience_id))
        EXECUTE FUNCTION end_flags();

      CREATE FUNCTION end_flags_without_tokens() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      BEGIN
        UPDATE alert flag SET state = 'withdrawn' FROM link_side s JOIN link l ON l.id = s.link_id
        WHERE s.alert_id = NEW.alert_id AND flag.id = l.flag_id AND flag.state = 'active';
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION end_flags_without_tokens FROM PUBLIC;
      COMMENT ON FUNCTION end_flags_without_tokens IS 'Withdraws the flags that rest on an alert whose tokens are taken back: whoever may no longer be linked may not be flagged by a link.';
      CREATE TRIGGER linkage_arrival_flags AFTER INSERT ON linkage_arrival FOR EACH ROW
        WHEN (NEW.tokens = '[]') EXECUTE FUNCTION end_flags_without_tokens();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER linkage_arrival_flags ON linkage_arrival;
      DROP FUNCTION end_flags_without_tokens;
      CREATE OR REPLACE FUNCTION end_flags() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      BEGIN
        UPDATE alert flag SET
          state = CASE WHEN NEW.state = 'withdrawn' THEN 'withdrawn' ELSE flag.state END,
          expires_at = least(flag.expires_at, NEW.expires_at)
        FROM link_side s JOIN link l ON l.id = s.link_id
        WHERE s.alert_id = NEW.id AND flag.id = l.flag_id AND flag.state = 'active';
        RETURN NULL;
      END $$;
      COMMENT ON FUNCTION end_flags IS 'Withdraws the flags that rest on an alert that is withdrawn, and lets them end no later than the alert.';
      DROP TRIGGER alert_flags_end ON alert;
      CREATE TRIGGER alert_flags_end AFTER UPDATE OF state, expires_at ON alert FOR EACH ROW
        WHEN (OLD.state = 'active' AND (NEW.state = 'withdrawn' OR NEW.expires_at < OLD.expires_at)) EXECUTE FUNCTION end_flags();
      DROP FUNCTION flag_exceeds;
    `);
  }
}
