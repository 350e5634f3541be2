import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { LogWitness, type Look } from '../../member/index.js';
import { useSession } from '../session/index.js';

/** From when on it is said that the hub signs nothing any more, seconds (T12). */
const STALE_SECONDS = 24 * 3600;

/** What was seen of the log, and whether its latest head is old. */
export interface LookAtLog extends Look {
  readonly isStale: boolean;
}

/** Looks at the hub's log as a witness does: asks for its head, checks that it continues what this browser saw, and keeps it. */
export function useLook(): UseQueryResult<LookAtLog> {
  const { client, place, seat, purpose } = useSession();
  return useQuery({
    queryKey: [seat.member, seat.officer, purpose, 'log'],
    queryFn: async () => {
      const witness = await LogWitness.open({ hub: location.origin, audience: client.audience }, place);
      const look = await witness.look();
      return { ...look, isStale: Date.now() / 1000 - look.head.issuedAt > STALE_SECONDS };
    },
    staleTime: 0,
    retry: false,
  });
}
