import { Injectable } from '@nestjs/common';
import type { Principal } from '../graphql/index.js';
import type { OfficerRole } from '../protocol/index.js';
import { AlertPresenter, type AlertView } from './alert-presenter.js';
import { AlertListing } from './listing.js';

/** Who may read alerts. */
export const READING_ROLES: readonly OfficerRole[] = ['case-worker', 'liaison', 'analyst'];

const ALERT_ID = /^alert:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** The UUID in an alert's id; null for what is no alert's id. */
export function uuidOf(id: string): string | null {
  return ALERT_ID.exec(id)?.[1] ?? null;
}

/** The one way to a single alert: whichever operation leads here, the same may read, and each reading leaves its record. */
@Injectable()
export class AlertLookup {
  constructor(
    private readonly listing: AlertListing,
    private readonly presenter: AlertPresenter,
  ) {}

  /** The alert; null when there is none, or the asker may not read it or any. */
  async find(asker: Principal, id: string, operation: 'alert' | 'node'): Promise<AlertView | null> {
    const uuid = uuidOf(id);
    if (uuid === null || !READING_ROLES.includes(asker.role)) return null;
    const row = await this.listing.find(asker, uuid, operation);
    return row && ((await this.presenter.show(asker, [row])).get(row.id) ?? null);
  }
}
