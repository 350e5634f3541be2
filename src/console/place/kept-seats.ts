import type { Purpose } from '../../protocol/membership/index.js';
import { browserDatabase } from './browser-database.js';
import { seatName, type KeptSeat } from './kept-seat.js';
import { endElsewhere } from './other-pages.js';

/** The seats of this browser, the newest first. */
export async function listSeats(): Promise<readonly KeptSeat[]> {
  const seats = await (await browserDatabase()).getAll('seats');
  return seats.sort((a, b) => (a.keptAt < b.keptAt ? 1 : -1));
}

/**
 * Keeps a seat, with its key as a handle that the browser does not give out. False when the seat is here with another key, which stays: it could not be brought
 * back, and what it sealed would open for the new one.
 */
export async function keepSeat(kept: KeptSeat): Promise<boolean> {
  const name = seatName(kept.seat);
  const change = (await browserDatabase()).transaction('seats', 'readwrite', { durability: 'strict' });
  const known = await change.store.get(name);
  const isFree = known === undefined || known.seat.key.kid === kept.seat.key.kid;
  if (isFree) await change.store.put(kept, name);
  await change.done;
  return isFree;
}

/** Notes what the organisation of a seat may work for, unless the seat is gone or has another key by now. */
export async function noteMandate({ seat }: KeptSeat, mandate: readonly Purpose[]): Promise<void> {
  const name = seatName(seat);
  const change = (await browserDatabase()).transaction('seats', 'readwrite');
  const known = await change.store.get(name);
  if (known?.seat.key.kid === seat.key.kid) await change.store.put({ ...known, mandate }, name);
  await change.done;
}

/** Forgets a seat with its key and all its papers, for good; pages that work with it end their session before. */
export async function forgetSeat(name: string): Promise<void> {
  endElsewhere(name);
  const database = await browserDatabase();
  const change = database.transaction(['seats', 'vaults', 'papers'], 'readwrite', { durability: 'strict' });
  await Promise.all([
    change.objectStore('seats').delete(name),
    change.objectStore('vaults').delete(name),
    change.objectStore('papers').delete(IDBKeyRange.bound([name, ''], [name, '\uffff'])),
    change.done,
  ]);
}
