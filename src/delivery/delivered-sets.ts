import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../graphql/index.js';
import { HUB_IDENTITY, type HubIdentity, signNatively } from '../identity/index.js';
import { type DeliveredEntry, deliveredPayload, SET_TYPE } from '../protocol/delivery/index.js';
import { eventOfClass } from './inbox-class.js';
import type { InboxPage } from './inbox-listing.js';
import type { EntryRow } from './inbox-row.js';
import { isAboutLink, readsLinks, ShownStatements } from './shown-statements.js';

/** Makes the SETs in which entries of an inbox are delivered. */
@Injectable()
export class DeliveredSets {
  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly statements: ShownStatements,
  ) {}

  /** What makes the SET of an entry of a page, with as much in it as the reader may read. */
  of(reader: Principal, page: InboxPage): (row: EntryRow) => Promise<string> {
    const show = this.statements.of(reader, page);
    const owner = { audience: this.hub.audience, member: reader.member, purpose: reader.purpose };
    return async (row) => {
      const { content, statement } = await show(row);
      const delivered: DeliveredEntry = {
        entry: {
          ...{ seq: row.seq, index: Number(row.entry_position) - 1, event: eventOfClass(row.entry_class) },
          ...{ receivedAt: row.entry_received_at.toISOString(), leafHash: row.leaf, chainHash: row.chain },
          shown: statement === null || !row.salt ? null : { statement, salt: row.salt },
        },
        ...{ content, subject: subjectOf(row, reader) },
      };
      const now = Math.floor(Date.now() / 1000);
      return signNatively(deliveredPayload(owner, delivered, now), this.hub.signingKey, SET_TYPE);
    };
  }
}

function subjectOf(row: EntryRow, reader: Principal): string | null {
  if (!isAboutLink(row)) return `alert:${row.subject}`;
  return readsLinks(reader) ? `link:${row.subject}` : null;
}
