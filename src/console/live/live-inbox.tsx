import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { followInboxLive, isTransient } from '../../member/index.js';
import { useWords } from '../language/index.js';
import { useSession, type Session } from '../session/index.js';
import type { LiveWord } from './words.js';

/** What is known of the inbox while somebody is signed in. */
export interface LiveInbox {
  /** Entries that the member has not taken in; null while they are not known. */
  readonly unread: number | null;
  /** Whether what arrives is told at once; otherwise lists are as they were loaded. */
  readonly isLive: boolean;
}

const NOTHING: LiveInbox = { unread: null, isLive: false };
const LiveContext = createContext<LiveInbox>(NOTHING);

/** Everything that an arrival may change is asked for again, by the area that the key of its question names. */
export const ARRIVALS = 'arrivals';

/** Where the inbox stands, without opening anything in it. */
const STANDS = 'query InboxStands { inbox(last: 1) { edges { cursor } unreadCount } }';

interface Stands {
  readonly inbox: { readonly edges: readonly { readonly cursor: string }[]; readonly unreadCount: number };
}

/** Follows the inbox while this page is open, and says politely that something came. */
export function LiveInboxProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { say } = useWords<LiveWord>();
  const session = useSession();
  const answers = useQueryClient();
  const [unread, setUnread] = useState<number | null>(null);
  const [isLive, setIsLive] = useState(false);
  const [told, setTold] = useState(0);
  const reads = session.seat.role !== 'administrator';
  useEffect(() => {
    if (!reads) return undefined;
    const stop = new AbortController();
    void follow(session, stop.signal, {
      onStands: setUnread,
      onLive: setIsLive,
      onArrival: () => {
        setTold((before) => before + 1);
        void answers.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(ARRIVALS) });
      },
    });
    return () => {
      stop.abort();
    };
  }, [session, answers, reads]);
  const value = useMemo(() => ({ unread, isLive }), [unread, isLive]);
  return (
    <LiveContext value={value}>
      {children}
      <div className="arrival" role="status">
        {told > 0 && <p key={told}>{say('live.arrived')}</p>}
      </div>
    </LiveContext>
  );
}

/** What is known of the inbox. */
export function useLiveInbox(): LiveInbox {
  return use(LiveContext);
}

interface Listening {
  readonly onStands: (unread: number) => void;
  readonly onLive: (isLive: boolean) => void;
  readonly onArrival: () => void;
}

async function follow(
  { client }: Session,
  signal: AbortSignal,
  { onStands, onLive, onArrival }: Listening,
): Promise<void> {
  try {
    const { inbox } = await client.query<Stands>(STANDS);
    if (signal.aborted) return;
    onStands(inbox.unreadCount);
    const after = inbox.edges[0]?.cursor ?? null;
    for await (const message of followInboxLive(client, { after, signal })) {
      onLive(true);
      if (message.__typename === 'InboxHeartbeat') onStands(message.unreadCount);
      else onArrival();
    }
  } catch (error) {
    // Whoever may not follow still reads; what else is wrong, the next question says.
    if (!isTransient(error)) onLive(false);
  }
}
