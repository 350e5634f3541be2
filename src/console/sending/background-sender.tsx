import { useEffect } from 'react';
import { isPassing } from '../../member/index.js';
import { useSession, type Session } from '../session/index.js';
import { canGo, openOutbox, sendOne } from './outbox-sender.js';
import { useOutboxChanged } from './use-outbox.js';

/** After how long what waits is tried again, milliseconds: soon at first, then twice as long each time. */
const FIRST_MS = 5_000;
const LONGEST_MS = 60_000;

/**
 * Sends what waits: when somebody signs in, when the browser says that the line is back, and again and again, because on a bad line it often says nothing.
 * It shows nothing.
 */
export function BackgroundSender(): null {
  const session = useSession();
  const changed = useOutboxChanged();
  useEffect(() => {
    let pause = FIRST_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const send = async (): Promise<void> => {
      clearTimeout(timer);
      const { tried, sent } = await sendWaiting(session);
      if (tried > 0) await changed();
      pause = tried > sent ? Math.min(LONGEST_MS, pause * 2) : FIRST_MS;
      clearTimeout(timer);
      timer = setTimeout(() => void send(), pause);
    };
    const onLine = (): void => {
      pause = FIRST_MS;
      void send();
    };
    onLine();
    addEventListener('online', onLine);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', onLine);
    };
  }, [session, changed]);
  return null;
}

/** How many entries were tried, and how many of them went. What the hub refused is left alone until somebody looks at it; after a failure of the line the rest waits, too. */
async function sendWaiting(session: Session): Promise<{ readonly tried: number; readonly sent: number }> {
  let [tried, sent] = [0, 0];
  for (const entry of await (await openOutbox(session)).list()) {
    if (!canGo(entry, session) || wasRefused(entry.failure)) continue;
    const outcome = await sendOne(session, entry.id).catch(() => null);
    tried++;
    if (outcome?.problem === null) sent++;
    if (!outcome || (outcome.problem && isPassing(outcome.problem))) break;
  }
  return { tried, sent };
}

/** Whether it failed for something that does not pass by itself. */
function wasRefused(failure: string | null): boolean {
  return failure !== null && !PASSING.has(failure);
}

const PASSING = new Set([
  'HUB_UNREACHABLE',
  'HUB_FAILED',
  'CUSTODIANS_AWAY',
  'BUDGET_OFFICER',
  'BUDGET_MEMBER',
  'BUDGET_PARTIAL',
  'BREAKER_OPEN',
  'EPOCH_STALE',
  'TOKEN_REFUSED',
]);
