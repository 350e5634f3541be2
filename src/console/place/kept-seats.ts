import { browserDatabase } from './browser-database.js';
import { seatName, type KeptSeat } from './kept-seat.js';

/** The seats of this browser, the newest first. */
export async function listSeats(): Promise<readonly KeptSeat[]> {
  const seats = await (await browserDatabase()).getAll('seats');
  return seats.sort((a, b) => (a.keptAt < b.keptAt ? 1 : -1));
}

/** Keeps a seat, with its key as a handle that the browser does not give out. */
export async function keepSeat(kept: KeptSeat): Promise<void> {
  await (await browserDatabase()).put('seats', kept, seatName(kept.seat));
}

/** Forgets a seat with its key and all its papers, for good. */
export async function forgetSeat(name: string): Promise<void> {
  const database = await browserDatabase();
  const change = database.transaction(['seats', 'vaults', 'papers'], 'readwrite');
  await Promise.all([
    change.objectStore('seats').delete(name),
    change.objectStore('vaults').delete(name),
    change.objectStore('papers').delete(IDBKeyRange.bound([name, ''], [name, '\uffff'])),
    change.done,
  ]);
}
