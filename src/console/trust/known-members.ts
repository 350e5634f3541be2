import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { knowMembers, type KnownMembers } from '../../member/index.js';
import { useSession } from '../session/index.js';

/** The members of the accord, judged by what they signed and by what this browser saw of them before. */
export function useKnownMembers(): UseQueryResult<KnownMembers> {
  const { client, place, seat } = useSession();
  return useQuery({
    queryKey: [seat.member, seat.officer, 'known-members'],
    queryFn: () => knowMembers(client, place),
  });
}
