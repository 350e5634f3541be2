import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { OutboxEntry } from '../../member/index.js';
import { useSession } from '../session/index.js';
import { openOutbox } from './outbox-sender.js';

/** What waits in this browser, and what was sent from it, the newest first; and what cannot be read any more. */
export interface OutboxHere {
  readonly entries: readonly OutboxEntry[];
  readonly spoilt: readonly string[];
}

export function useOutbox(): UseQueryResult<OutboxHere> {
  const session = useSession();
  return useQuery({
    queryKey: keyOf(session.seat.member, session.seat.officer),
    queryFn: async () => {
      const outbox = await openOutbox(session);
      const [entries, spoilt] = await Promise.all([outbox.list(), outbox.spoilt()]);
      return { entries: [...entries].reverse(), spoilt };
    },
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
