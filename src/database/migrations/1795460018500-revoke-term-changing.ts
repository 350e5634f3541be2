import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Terms are set at the first start and changed by the operator alone: a node with another configuration, or whoever holds the role of nodes, could otherwise have content erased before its time. */
export class RevokeTermChanging1795460018500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE UPDATE (answer_days, erasure_days) ON accord_term FROM symbolon_app;
      ALTER TABLE accord_term ADD COLUMN set_at timestamptz;
      UPDATE accord_term SET set_at = now() WHERE EXISTS (SELECT FROM tree_head);
      COMMENT ON TABLE accord_term IS 'How many days recipients have to answer for an alert that ended, and after how many its content is erased. Written at the first start, and by the operator.';
      COMMENT ON COLUMN accord_term.set_at IS 'Null until a node has started.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accord_term DROP COLUMN set_at;
      COMMENT ON TABLE accord_term IS 'How many days recipients have to answer for an alert that ended, and after how many its content is erased. Written by each node at its start from its configuration.';
      GRANT UPDATE (answer_days, erasure_days) ON accord_term TO symbolon_app;
    `);
  }
}
