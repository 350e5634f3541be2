import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useSession, type Session } from '../session/index.js';

const NAMES = `query MemberNames($after: String) {
    members(first: 100, after: $after) {
      edges { node { code name } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

interface NamesPage {
  readonly members: {
    readonly edges: readonly { readonly node: { readonly code: string; readonly name: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** The name of a member by its code; the code while the names are on their way. */
export function useMemberName(): (code: string) => string {
  const names = useMemberNames();
  return useCallback((code) => names.get(code) ?? code, [names]);
}

/** The names of all members by their codes; none while they are on their way. */
export function useMemberNames(): ReadonlyMap<string, string> {
  const session = useSession();
  const { data } = useQuery({
    queryKey: [session.seat.member, session.seat.officer, session.purpose, 'member-names'],
    queryFn: () => everyName(session),
  });
  return data ?? NONE;
}

const NONE: ReadonlyMap<string, string> = new Map();

async function everyName({ client }: Session): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  let after: string | null = null;
  do {
    const { members }: NamesPage = await client.query<NamesPage>(NAMES, { after });
    for (const { node } of members.edges) names.set(node.code, node.name);
    after = members.pageInfo.hasNextPage ? members.pageInfo.endCursor : null;
  } while (after !== null);
  return names;
}
