import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AlertRow } from '../alerts/index.js';
import { Database } from '../database/index.js';
import { once, type Principal } from '../graphql/index.js';
import { LINK_ROLES } from '../links/index.js';
import { decodeCanonicalBase64url } from '../protocol/index.js';
import { ALERT_EVENTS } from '../protocol/delivery/index.js';
import { eventOfClass } from './inbox-class.js';
import type { InboxPage } from './inbox-listing.js';
import type { EntryRow } from './inbox-row.js';

/** `InboxContent` of the SDL. */
export type ContentState = 'READABLE' | 'REPLACED' | 'NO_LONGER_READABLE' | 'NOT_FOR_ROLE' | 'ERASED';

/** What is shown of an entry's statement; text in the state READABLE alone. */
export interface ShownStatement {
  readonly content: ContentState;
  readonly statement: string | null;
}

const OF_LINKS = {
  name: 'inbox-link-statements',
  text: 'SELECT position, statement FROM link_statement WHERE position = ANY ($1::bigint[])',
};

const WITHDRAWALS = {
  name: 'inbox-withdrawals',
  text: 'SELECT seq, statement FROM inbox_withdrawals($1, $2)',
};

/**
 * Which statements of a page the reader may read now. Of an alert it is the one in force (L6), or its withdrawal; of a link what the database shows to
 * this side of it.
 */
@Injectable()
export class ShownStatements {
  constructor(private readonly database: Database) {}

  /** Gives what is shown of each entry of a page; what has to be read for it is read once, when it is first asked for. */
  of(reader: Principal, { entries, alerts }: InboxPage): (entry: EntryRow) => Promise<ShownStatement> {
    const withdrawals = once(() => this.withdrawals(reader, entries));
    const ofLinks = once(() => this.ofLinks(reader, entries));
    return async (entry) => {
      if (entry.salt === null) return hidden('ERASED');
      const event = eventOfClass(entry.entry_class);
      // Why the person's right was used is for the sender and the hub alone.
      if (event === 'subject-erased') return hidden('ERASED');
      if (event === 'alert-withdrawn') return shownOr((await withdrawals()).get(entry.seq));
      if (ALERT_EVENTS.includes(event)) return ofAlert(entry, alerts.get(entry.subject));
      if (!readsLinks(reader)) return hidden('NOT_FOR_ROLE');
      return shownOr((await ofLinks()).get(entry.entry_position));
    };
  }

  private async withdrawals(reader: Principal, entries: readonly EntryRow[]): Promise<ReadonlyMap<number, string>> {
    const [first, last] = [entries[0], entries.at(-1)];
    if (!first || !last) return new Map();
    const rows = await this.database.queryAsMember<{ seq: number; statement: string }>(reader, WITHDRAWALS, [
      first.seq - 1,
      last.seq,
    ]);
    return new Map(rows.map(({ seq, statement }) => [seq, statement]));
  }

  private async ofLinks(reader: Principal, entries: readonly EntryRow[]): Promise<ReadonlyMap<string, string>> {
    const positions = entries.filter(isAboutLink).map(({ entry_position }) => entry_position);
    const rows = await this.database.queryAsMember<{ position: string; statement: string }>(reader, OF_LINKS, [
      positions,
    ]);
    return new Map(rows.map(({ position, statement }) => [position, statement]));
  }
}

/** Whether an entry is about a link and not about an alert. */
export function isAboutLink({ entry_class }: EntryRow): boolean {
  return !ALERT_EVENTS.includes(eventOfClass(entry_class));
}

/** Whether the officer may read what is said about links. */
export function readsLinks({ role }: Principal): boolean {
  return LINK_ROLES.includes(role);
}

function ofAlert(entry: EntryRow, alert: AlertRow | undefined): ShownStatement {
  if (!alert) return hidden('NO_LONGER_READABLE');
  if (alert.statement === null) return hidden('ERASED');
  const isInForce = payloadHashOf(alert.statement).equals(entry.payload_hash);
  return isInForce ? { content: 'READABLE', statement: alert.statement } : hidden('REPLACED');
}

/** SHA-256 of the payload of a statement that was checked when it was taken in. */
function payloadHashOf(compact: string): Buffer {
  const payload = decodeCanonicalBase64url(compact.split('.', 2)[1] ?? '') ?? new Uint8Array();
  return createHash('sha256').update(payload).digest();
}

function shownOr(statement: string | undefined): ShownStatement {
  return statement === undefined ? hidden('NO_LONGER_READABLE') : { content: 'READABLE', statement };
}

function hidden(content: ContentState): ShownStatement {
  return { content, statement: null };
}
