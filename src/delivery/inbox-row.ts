import type { AlertRow } from '../alerts/index.js';

/** How an inbox stands, of the snapshot in which a page of it was read. */
export interface InboxState {
  /** Null when there is none yet. */
  readonly inbox_id: number | null;
  readonly last_seq: number;
  /** The chain up to the last entry; null when there is none. */
  readonly last_chain: Buffer | null;
  readonly acknowledged: number;
  /** The database's clock in that snapshot. */
  readonly read_at: Date;
}

/** An entry of a page, with the alert that it is about when the reader may read it; else the alert's columns are null. */
export interface EntryRow {
  readonly seq: number;
  readonly entry_position: string;
  readonly entry_class: number;
  /** The UUID of the alert or link. */
  readonly subject: string;
  readonly chain: Buffer;
  readonly entry_received_at: Date;
  readonly payload_hash: Buffer;
  /** Null when the statement was erased. */
  readonly salt: Buffer | null;
  readonly leaf: Buffer;
}

/** How an inbox stands; of a member that may not act nothing is known but that. */
export type InboxStateRow = InboxState & { readonly may_act: boolean };

/** A row of the page's query: the state in each, and no entry when the page is empty. */
export type InboxPageRow = InboxStateRow &
  (EntryRow | { readonly seq: null }) &
  (AlertRow | { readonly [column in keyof AlertRow]: null });
