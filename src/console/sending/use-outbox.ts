import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { OutboxEntry } from '../../member/index.js';
import { useSession } from '../session/index.js';
import { openOutbox } from './outbox-sender.js';

/** What waits in this browser, and what was sent from it, the newest first. */
export function useOutbox(): UseQueryResult<readonly OutboxEntry[]> {
  const session = useSession();
  return useQuery({
    queryKey: keyOf(session.seat.member, session.seat.officer),
    queryFn: async () => [...(await (await openOutbox(session)).list())].reverse(),
    staleTime: 0,
    networkMode: 'always',
  });
}

/** Has every place that shows the outbox look again. */
export function useOutboxChanged(): () => Promise<void> {
  const { seat } = useSession();
  const answers = useQueryClient();
  return useCallback(() => answers.invalidateQueries({ queryKey: keyOf(seat.member, seat.officer) }), [answers, seat]);
}

function keyOf(member: string, officer: string): readonly string[] {
  return [member, officer, 'outbox'];
}
