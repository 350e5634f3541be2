import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The app role serves members and is bound by row-level security; the matcher role will read linkage tokens (LINKAGE) and nothing else.
 * The migrator owns the tables. Roles belong to the whole cluster, so they may exist already.
 */
export class CreateRoles1795460000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$
      BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'symbolon_app') THEN
          CREATE ROLE symbolon_app NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOLOGIN;
        END IF;
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'symbolon_matcher') THEN
          CREATE ROLE symbolon_matcher NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOLOGIN;
        END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL; -- another database of this cluster was being set up at the same moment
      END $$;
      DO $$
      BEGIN
        IF NOT pg_has_role(current_user, 'symbolon_app', 'MEMBER') THEN
          EXECUTE format('GRANT symbolon_app TO %I', current_user);
        END IF;
      END $$;
      REVOKE ALL ON SCHEMA public FROM PUBLIC;
      REVOKE ALL ON SCHEMA symbolon FROM PUBLIC;
      GRANT USAGE ON SCHEMA symbolon TO symbolon_app, symbolon_matcher;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE ALL ON SCHEMA symbolon FROM symbolon_app, symbolon_matcher');
  }
}
