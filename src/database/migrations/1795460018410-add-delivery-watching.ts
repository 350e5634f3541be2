import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How delivery gets on, for whoever runs the hub: no node may read the marks of others' inboxes and streams, and numbers of all of them are enough. */
export class AddDeliveryWatching1795460018410 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION delivery_age(OUT inbox_behind float8, OUT streams_failing integer, OUT streams_stopped integer)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
        SELECT coalesce((
            SELECT extract(epoch FROM clock_timestamp() - h.issued_at)::float8 FROM tree_head h
            WHERE h.size > (SELECT f.position FROM inbox_fill f) ORDER BY h.size, h.issued_at LIMIT 1), 0),
          (count(*) FILTER (WHERE s.stopped_for IS NULL AND s.tries > 0))::integer, (count(s.stopped_for))::integer
        FROM push_stream s
      $$;
      REVOKE ALL ON FUNCTION delivery_age FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION delivery_age TO symbolon_app;
      COMMENT ON FUNCTION delivery_age IS 'For how many seconds inboxes have lacked what is under a head, and how many push streams wait for another try or were stopped. Names nobody.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION delivery_age');
  }
}
