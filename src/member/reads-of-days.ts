import { ACCESS_RECORDS, type AccessRecordAnswer, type AccessRecordsPage } from './documents/alerts.js';
import { everyPage } from './every-page.js';
import type { MemberClient } from './member-client.js';

/** Who read one's own alerts in these days, UTC, the newest first. */
export function readsOfDays(client: MemberClient, from: string, until: string): AsyncGenerator<AccessRecordAnswer> {
  return everyPage(
    async (after) =>
      (await client.query<AccessRecordsPage>(ACCESS_RECORDS, { first: 100, after, alertId: null, from, until }))
        .accessRecords,
  );
}
