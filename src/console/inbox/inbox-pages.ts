import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ARRIVALS } from '../live/index.js';
import { useSession } from '../session/index.js';
import { INBOX_NEWEST, type InboxNewestAnswer, type InboxRow } from './documents.js';
import { filterOf, type InboxChoice } from './filter.js';

type Page = InboxNewestAnswer['inbox'];

/** The inbox from the newest entry backwards, as far as somebody scrolls. */
export interface InboxPages {
  readonly rows: readonly InboxRow[];
  readonly unread: number;
  /** Up to which entry the member has taken everything in. */
  readonly acknowledged: number;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly again: () => void;
}

export function useInboxPages(choice: InboxChoice): InboxPages {
  const { client, seat, purpose } = useSession();
  const filter = filterOf(choice);
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page>, readonly unknown[], string | null>({
    queryKey: [seat.member, seat.officer, purpose, ARRIVALS, INBOX_NEWEST, filter],
    queryFn: async ({ pageParam }) =>
      (await client.query<InboxNewestAnswer>(INBOX_NEWEST, { last: 50, before: pageParam, filter })).inbox,
    initialPageParam: null,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasPreviousPage ? pageInfo.startCursor : null),
    structuralSharing: false,
  });
  const { data, error, isPending, isFetching, hasNextPage, fetchNextPage, refetch } = query;
  const rows = useMemo(
    () => (data?.pages ?? []).flatMap(({ edges }) => edges.map(({ node }) => node).reverse()),
    [data],
  );
  return {
    ...{ rows, error, isPending, hasMore: hasNextPage && !isFetching },
    unread: data?.pages[0]?.unreadCount ?? 0,
    acknowledged: data?.pages[0]?.acknowledged ?? 0,
    more: () => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    },
    again: () => void refetch(),
  };
}
