import { asOwner } from './owner-connection.js';
import { StartFault } from './start-fault.js';

const RESUME =
  'UPDATE symbolon.restoration SET resumed_at = now(), resumed_because = $1 WHERE resumed_at IS NULL RETURNING restored_at';

/** Has a hub that a restoration closed serve again, and keeps why. Throws `StartFault` NOT_CLOSED. */
export async function resume(url: string, because: string): Promise<void> {
  const { rowCount } = await asOwner(url, (client) => client.query(RESUME, [because]));
  if (!rowCount) throw new StartFault('NOT_CLOSED', 'The hub is not closed: nothing is to be resumed.');
}
