import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The job queue of pg-boss 10.4 (its schema 24, as `getConstructionPlans` gives it) in a schema of its own, with the one queue that the hub uses. Written out,
 * so that a newer version of the package changes nothing that ran: whoever takes one adds its `getMigrationPlans` as a migration. The app role works on
 * jobs and can make no queue. Jobs say nothing that the streams do not: what a restore that broke off left of them goes. A job names a member and a purpose and nothing else; its tables have no row-level security, since whoever takes a job acts for nobody yet.
 */
export class CreateJobQueue1795460017000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP SCHEMA IF EXISTS symbolon_queue CASCADE;
      CREATE SCHEMA symbolon_queue;
      CREATE TYPE symbolon_queue.job_state AS ENUM (
        'created',
        'retry',
        'active',
        'completed',
        'cancelled',
        'failed'
      );
      CREATE TABLE symbolon_queue.version (
        version int primary key,
        maintained_on timestamp with time zone,
        cron_on timestamp with time zone,
        monitored_on timestamp with time zone
      );
      CREATE TABLE symbolon_queue.queue (
        name text,
        policy text,
        retry_limit int,
        retry_delay int,
        retry_backoff bool,
        expire_seconds int,
        retention_minutes int,
        dead_letter text REFERENCES symbolon_queue.queue (name),
        partition_name text,
        created_on timestamp with time zone not null default now(),
        updated_on timestamp with time zone not null default now(),
        PRIMARY KEY (name)
      );
      CREATE TABLE symbolon_queue.schedule (
        name text REFERENCES symbolon_queue.queue ON DELETE CASCADE,
        cron text not null,
        timezone text,
        data jsonb,
        options jsonb,
        created_on timestamp with time zone not null default now(),
        updated_on timestamp with time zone not null default now(),
        PRIMARY KEY (name)
      );
      CREATE TABLE symbolon_queue.subscription (
        event text not null,
        name text not null REFERENCES symbolon_queue.queue ON DELETE CASCADE,
        created_on timestamp with time zone not null default now(),
        updated_on timestamp with time zone not null default now(),
        PRIMARY KEY(event, name)
      );
      CREATE TABLE symbolon_queue.job (
        id uuid not null default gen_random_uuid(),
        name text not null,
        priority integer not null default(0),
        data jsonb,
        state symbolon_queue.job_state not null default('created'),
        retry_limit integer not null default(2),
        retry_count integer not null default(0),
        retry_delay integer not null default(0),
        retry_backoff boolean not null default false,
        start_after timestamp with time zone not null default now(),
        started_on timestamp with time zone,
        singleton_key text,
        singleton_on timestamp without time zone,
        expire_in interval not null default interval '15 minutes',
        created_on timestamp with time zone not null default now(),
        completed_on timestamp with time zone,
        keep_until timestamp with time zone NOT NULL default now() + interval '14 days',
        output jsonb,
        dead_letter text,
        policy text
      ) PARTITION BY LIST (name);
      ALTER TABLE symbolon_queue.job ADD PRIMARY KEY (name, id);
      CREATE TABLE symbolon_queue.archive (LIKE symbolon_queue.job);
      ALTER TABLE symbolon_queue.archive ADD PRIMARY KEY (name, id);
      ALTER TABLE symbolon_queue.archive ADD archived_on timestamptz NOT NULL DEFAULT now();
      CREATE INDEX archive_i1 ON symbolon_queue.archive(archived_on);
      CREATE FUNCTION symbolon_queue.create_queue(queue_name text, options json)
      RETURNS VOID AS
      $$
      DECLARE
      table_name varchar := 'j' || encode(sha224(queue_name::bytea), 'hex');
      queue_created_on timestamptz;
      BEGIN
      WITH q as (
        INSERT INTO symbolon_queue.queue (
          name,
          policy,
          retry_limit,
          retry_delay,
          retry_backoff,
          expire_seconds,
          retention_minutes,
          dead_letter,
          partition_name
        )
        VALUES (
          queue_name,
          options->>'policy',
          (options->>'retryLimit')::int,
          (options->>'retryDelay')::int,
          (options->>'retryBackoff')::bool,
          (options->>'expireInSeconds')::int,
          (options->>'retentionMinutes')::int,
          options->>'deadLetter',
          table_name
        )
        ON CONFLICT DO NOTHING
        RETURNING created_on
      )
      SELECT created_on into queue_created_on from q;
      IF queue_created_on IS NULL THEN
      RETURN;
      END IF;
      EXECUTE format('CREATE TABLE symbolon_queue.%I (LIKE symbolon_queue.job INCLUDING DEFAULTS)', table_name);
      EXECUTE format('ALTER TABLE symbolon_queue.%1$I ADD PRIMARY KEY (name, id)', table_name);
      EXECUTE format('ALTER TABLE symbolon_queue.%1$I ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES symbolon_queue.queue (name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED', table_name);
      EXECUTE format('ALTER TABLE symbolon_queue.%1$I ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES symbolon_queue.queue (name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED', table_name);
      EXECUTE format('CREATE UNIQUE INDEX %1$s_i1 ON symbolon_queue.%1$I (name, COALESCE(singleton_key, '''')) WHERE state = ''created'' AND policy = ''short''', table_name);
      EXECUTE format('CREATE UNIQUE INDEX %1$s_i2 ON symbolon_queue.%1$I (name, COALESCE(singleton_key, '''')) WHERE state = ''active'' AND policy = ''singleton''', table_name);
      EXECUTE format('CREATE UNIQUE INDEX %1$s_i3 ON symbolon_queue.%1$I (name, state, COALESCE(singleton_key, '''')) WHERE state <= ''active'' AND policy = ''stately''', table_name);
      EXECUTE format('CREATE UNIQUE INDEX %1$s_i4 ON symbolon_queue.%1$I (name, singleton_on, COALESCE(singleton_key, '''')) WHERE state <> ''cancelled'' AND singleton_on IS NOT NULL', table_name);
      EXECUTE format('CREATE INDEX %1$s_i5 ON symbolon_queue.%1$I (name, start_after) INCLUDE (priority, created_on, id) WHERE state < ''active''', table_name);
      EXECUTE format('ALTER TABLE symbolon_queue.%I ADD CONSTRAINT cjc CHECK (name=%L)', table_name, queue_name);
      EXECUTE format('ALTER TABLE symbolon_queue.job ATTACH PARTITION symbolon_queue.%I FOR VALUES IN (%L)', table_name, queue_name);
      END;
      $$
      LANGUAGE plpgsql;
      CREATE FUNCTION symbolon_queue.delete_queue(queue_name text)
      RETURNS VOID AS
      $$
      DECLARE
      table_name varchar;
      BEGIN
      WITH deleted as (
        DELETE FROM symbolon_queue.queue
        WHERE name = queue_name
        RETURNING partition_name
      )
      SELECT partition_name from deleted INTO table_name;
      EXECUTE format('DROP TABLE IF EXISTS symbolon_queue.%I', table_name);
      END;
      $$
      LANGUAGE plpgsql;
      INSERT INTO symbolon_queue.version (version) VALUES (24);

      SELECT symbolon_queue.create_queue('push', '{"policy": "short", "retryLimit": 0, "expireInSeconds": 300, "retentionMinutes": 60}');
      COMMENT ON SCHEMA symbolon_queue IS 'Jobs of pg-boss: which streams are to be pushed. Made by the hub''s migrations, not by the library.';
      COMMENT ON TABLE symbolon_queue.job IS 'Jobs, partitioned by queue; data holds a member''s code and a purpose.';

      GRANT USAGE ON SCHEMA symbolon_queue TO symbolon_app;
      GRANT SELECT ON symbolon_queue.queue TO symbolon_app;
      GRANT SELECT, UPDATE (maintained_on, monitored_on) ON symbolon_queue.version TO symbolon_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON symbolon_queue.job TO symbolon_app;
      GRANT SELECT, INSERT, DELETE ON symbolon_queue.archive TO symbolon_app;
      REVOKE ALL ON FUNCTION symbolon_queue.create_queue, symbolon_queue.delete_queue FROM PUBLIC;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA symbolon_queue CASCADE');
  }
}
