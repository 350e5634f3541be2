import { Inject, Injectable } from '@nestjs/common';
import { AlertPresenter } from '../alerts/index.js';
import { once, type Page, type Principal } from '../graphql/index.js';
import { HUB_IDENTITY, type HubIdentity, signNatively } from '../identity/index.js';
import { toEnum } from '../membership/index.js';
import { encodeBase64url } from '../protocol/index.js';
import { emptyInboxHash, INBOX_HEAD_TYPE, inboxHeadPayload } from '../protocol/delivery/index.js';
import { eventOfClass } from './inbox-class.js';
import type { InboxPage } from './inbox-listing.js';
import type { EntryRow, InboxState } from './inbox-row.js';
import { isAboutLink, readsLinks, ShownStatements } from './shown-statements.js';

/** `InboxEntry` of the SDL; what costs something is a function. */
export type EntryView =
  Awaited<ReturnType<InboxPresenter['entries']>> extends (row: EntryRow) => infer View ? View : never;

/** `InboxConnection` of the SDL. */
export interface InboxView extends Page<EntryView> {
  readonly head: () => object;
  readonly unreadCount: number;
  readonly acknowledged: number;
}

/** Shows an inbox: its entries, and the head that the hub signs of the whole. */
@Injectable()
export class InboxPresenter {
  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly alerts: AlertPresenter,
    private readonly statements: ShownStatements,
  ) {}

  /** What shows an entry of a page. */
  entries(reader: Principal, page: InboxPage) {
    const alerts = once(() => this.alerts.show(reader, [...page.alerts.values()]));
    const statements = this.statements.of(reader, page);
    return (row: EntryRow) => {
      const shown = once(() => statements(row));
      const aboutLink = isAboutLink(row);
      return {
        seq: row.seq,
        index: Number(row.entry_position) - 1,
        event: toEnum(eventOfClass(row.entry_class)),
        receivedAt: row.entry_received_at,
        salt: async () => ((await shown()).statement === null || !row.salt ? null : encodeBase64url(row.salt)),
        leafHash: encodeBase64url(row.leaf),
        chainHash: encodeBase64url(row.chain),
        content: async () => (await shown()).content,
        statement: async () => (await shown()).statement,
        alertId: aboutLink ? null : `alert:${row.subject}`,
        linkId: aboutLink && readsLinks(reader) ? `link:${row.subject}` : null,
        alert: async () => (aboutLink ? null : ((await alerts()).get(row.subject) ?? null)),
      };
    };
  }

  /** What the hub signs of an inbox in the state in which a page of it was read. */
  head({ member, purpose }: Principal, { last_seq: seq, last_chain, read_at }: InboxState) {
    const owner = { audience: this.hub.audience, member, purpose };
    const chainHash = last_chain ?? emptyInboxHash(owner);
    const issuedAt = Math.floor(read_at.getTime() / 1000);
    const payload = inboxHeadPayload({ ...owner, seq, chainHash, issuedAt });
    return {
      ...{ seq, chainHash: encodeBase64url(chainHash), issuedAt: new Date(issuedAt * 1000) },
      statement: () => signNatively(payload, this.hub.signingKey, INBOX_HEAD_TYPE),
    };
  }
}
