/** An entry of the inbox, as the list shows it. */
export interface InboxRow {
  readonly seq: number;
  readonly event: string;
  readonly receivedAt: string;
  readonly content: string;
  readonly alertId: string | null;
  readonly linkId: string | null;
  readonly alert: {
    readonly kind: string;
    readonly sender: { readonly code: string } | null;
    readonly episode: { readonly origin: readonly string[]; readonly exploitation: readonly string[] };
  } | null;
}

export interface InboxNewestAnswer {
  readonly inbox: {
    readonly edges: readonly { readonly node: InboxRow }[];
    readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
    readonly unreadCount: number;
    readonly acknowledged: number;
  };
}

/** The inbox from its end: a page of the newest entries, in the order in which they came. */
export const INBOX_NEWEST = `query InboxNewest($last: Int!, $before: String, $filter: InboxFilter) {
    inbox(last: $last, before: $before, filter: $filter) {
      edges { node { seq event receivedAt content alertId linkId alert { kind sender { code } episode { origin exploitation } } } }
      pageInfo { hasPreviousPage startCursor }
      unreadCount
      acknowledged
    }
  }`;
