import { InboxFiller } from '../../src/delivery/index.js';
import { entryHash } from '../../src/protocol/transparency/index.js';
import { asOwner } from './database.js';
import type { TestHub } from './hub.js';

/** Has the hub tell all that was accepted until now. */
export async function toldAll(hub: TestHub): Promise<void> {
  const { url } = hub.database;
  const rows = await asOwner<{
    position: string;
    event: string;
    issuer: string;
    received_at: Date;
    payload_hash: Buffer;
    salt: Buffer;
  }>(url, 'SELECT * FROM log_entry WHERE position > (SELECT coalesce(max(size), 0) FROM tree_head) ORDER BY position');
  for (const { position, event, issuer, received_at, payload_hash: payloadHash, salt } of rows) {
    const leaf = entryHash({ salt, event, issuer, receivedAt: received_at.toISOString(), payloadHash });
    await asOwner(url, 'INSERT INTO log_node VALUES (0, $1, $2)', [Number(position) - 1, Buffer.from(leaf)]);
  }
  if (rows.length > 0)
    await asOwner(url, "INSERT INTO tree_head SELECT max(position), now(), sha256(''), 'x' FROM log_entry");
  await hub.app.get(InboxFiller).wake();
}
