import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords } from '../language/index.js';
import { ARRIVALS } from '../live/index.js';
import { useSession } from '../session/index.js';
import type { TodayWord } from './words.js';

/** Links that are suggested or being compared. */
export const LINKS_WAITING = `query LinksWaiting {
    links(first: 100, states: [SUGGESTED, COMPARING, DISPUTED]) { edges { node { id } } pageInfo { hasNextPage } }
  }`;

interface LinksWaitingAnswer {
  readonly links: {
    readonly edges: readonly { readonly node: { readonly id: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean };
  };
}

/** How many links somebody has to look into. */
export function LinksWaiting(): ReactNode {
  const { say } = useWords<TodayWord>();
  const { client, seat, purpose } = useSession();
  const { data } = useQuery({
    queryKey: [seat.member, seat.officer, purpose, ARRIVALS, 'links-waiting'],
    queryFn: () => client.query<LinksWaitingAnswer>(LINKS_WAITING),
    refetchInterval: 20_000, // a suggestion is no entry of the inbox
  });
  const count = data?.links.edges.length ?? 0;
  return (
    <li>
      <Link href="~/console/links">{say('today.links', { count })}</Link>
    </li>
  );
}
