import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSession } from './session-context.js';

/** A page of a Relay connection, as far as paging looks at it. */
export interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** What has come of a long list, and how more comes. */
export interface LongList<Node> {
  readonly nodes: readonly Node[];
  readonly error: Error | null;
  /** Whether the first page is still on its way. */
  readonly isPending: boolean;
  readonly isComing: boolean;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly again: () => void;
}

/** A list that is read page by page from its cursor, as far as somebody scrolls. `field` names the connection in the answer. */
export function useLongList<Node>(
  document: string,
  variables: Readonly<Record<string, unknown>>,
  field: string,
): LongList<Node> {
  const { client, seat, purpose } = useSession();
  type Page = Connection<Node>;
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page>, readonly unknown[], string | null>({
    queryKey: [seat.member, seat.officer, purpose, document, variables],
    queryFn: async ({ pageParam }) => {
      const asked = { ...variables, first: 100, after: pageParam };
      const { [field]: page } = await client.query<Readonly<Record<string, Page>>>(document, asked);
      if (!page) throw new Error('the answer has no such connection');
      return page;
    },
    initialPageParam: null,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
    structuralSharing: false, // a page never changes, and comparing thousands of rows would cost more than they do
  });
  const { data, error, isPending, isFetching, hasNextPage, fetchNextPage, refetch } = query;
  const nodes = useMemo(() => (data?.pages ?? []).flatMap(({ edges }) => edges.map(({ node }) => node)), [data]);
  return {
    ...{ nodes, error, isPending, hasMore: hasNextPage, isComing: isFetching },
    more: () => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    },
    again: () => void refetch(),
  };
}
