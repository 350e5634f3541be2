import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { OWN_OFFICERS, type OfficerAnswer } from '../../member/documents/index.js';
import { useSession, type Session } from '../session/index.js';

interface OwnOfficersAnswer {
  readonly whoami: { readonly member: { readonly officers: readonly OfficerAnswer[] } };
}

/** The officers of one's own organisation: those that may act first. */
export function useOfficers(): UseQueryResult<readonly OfficerAnswer[]> {
  const session = useSession();
  return useQuery({
    queryKey: keyOf(session),
    queryFn: async () => {
      const { whoami } = await session.client.query<OwnOfficersAnswer>(OWN_OFFICERS);
      return whoami.member.officers.toSorted(
        (a, b) => Number(!mayAct(a)) - Number(!mayAct(b)) || a.code.localeCompare(b.code),
      );
    },
    staleTime: 0,
  });
}

/** Has them asked for anew: one was certified or revoked. */
export function useForgetOfficers(): () => void {
  const session = useSession();
  const answers = useQueryClient();
  return () => void answers.invalidateQueries({ queryKey: keyOf(session) });
}

/** Whether a certificate counts now. */
export function mayAct({ revokedAt, validTo }: OfficerAnswer): boolean {
  return revokedAt === null && Date.parse(validTo) > Date.now();
}

function keyOf({ seat, purpose }: Session): readonly string[] {
  return [seat.member, seat.officer, purpose, 'officers'];
}
