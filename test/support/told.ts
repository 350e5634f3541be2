import { setTimeout as pause } from 'node:timers/promises';
import { InboxFiller } from '../../src/delivery/index.js';
import { Sequencer } from '../../src/transparency/index.js';
import { asOwner } from './database.js';
import type { TestHub } from './hub.js';

const LEFT = `SELECT (SELECT coalesce(max(position), 0) FROM log_entry) > (SELECT position FROM inbox_fill) AS left_over`;

/** Has the hub put all that was accepted until now under a head, and tell it. Other nodes of the hub may be at it too. */
export async function toldAll(hub: TestHub): Promise<void> {
  for (;;) {
    await hub.app.get(Sequencer).look();
    await hub.app.get(InboxFiller).wake();
    const [row] = await asOwner<{ left_over: boolean }>(hub.database.url, LEFT);
    if (!row?.left_over) return;
    await pause(10); // a gap in the log, or another node, has the turn
  }
}
