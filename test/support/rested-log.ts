import type pg from 'pg';

/** One perfect tree, larger than any position that a test gives. */
const LEVEL = 50;

/**
 * Puts the log of a database to rest: everything that is, or will be, written there counts as integrated, and told, already. For tests that write entries at made-up
 * positions, or take them away again, behind the hub's back.
 */
export async function restLog(owner: Pick<pg.Client, 'query'>): Promise<void> {
  await owner.query(`
    INSERT INTO symbolon.log_node (level, index, hash) VALUES (${LEVEL}, 0, sha256('rest')) ON CONFLICT DO NOTHING;
    INSERT INTO symbolon.tree_head (size, issued_at, root, statement) VALUES (2 ^ ${LEVEL}, now() + interval '1 day', sha256('rest'), 'rest') ON CONFLICT DO NOTHING;
    UPDATE symbolon.inbox_fill SET position = 2 ^ ${LEVEL}`);
}
