import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { KeptSeat } from './kept-seat.js';

/** What this browser keeps, for one origin. Nothing about a person is in the clear. */
export interface BrowserDatabase extends DBSchema {
  /** Seats with keys that cannot be taken out, by `member/officer`. */
  seats: { key: string; value: KeptSeat };
  /** What seals the papers of a seat: a key that cannot be taken out. */
  vaults: { key: string; value: CryptoKey };
  /** Texts by the seat and their name. */
  papers: { key: [string, string]; value: string };
}

let opened: Promise<IDBPDatabase<BrowserDatabase>> | null = null;

/** The database of this browser, opened once. */
export function browserDatabase(): Promise<IDBPDatabase<BrowserDatabase>> {
  return (opened ??= openDB<BrowserDatabase>('symbolon', 1, {
    upgrade(database) {
      database.createObjectStore('seats');
      database.createObjectStore('vaults');
      database.createObjectStore('papers');
    },
    terminated() {
      opened = null;
    },
  }));
}
