import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { knowMembers, type KnownMembers } from '../../member/index.js';
import { useSession, type Session } from '../session/index.js';

/** The members that the hub lists, judged by their statements and by what this browser saw before. */
export function useMembers(): UseQueryResult<KnownMembers> {
  const session = useSession();
  return useQuery({ queryKey: keyOf(session), queryFn: () => knowMembers(session.client, session.place) });
}

/** Puts a member list as it was judged anew in the place of what was known. */
export function useTakeMembers(): (known: KnownMembers) => void {
  const session = useSession();
  const answers = useQueryClient();
  return (known) => {
    answers.setQueryData(keyOf(session), known);
    void answers.invalidateQueries({ queryKey: [...keyOf(session).slice(0, 3), 'link-checks'] });
  };
}

function keyOf({ seat, purpose }: Session): readonly string[] {
  return [seat.member, seat.officer, purpose, 'members'];
}
