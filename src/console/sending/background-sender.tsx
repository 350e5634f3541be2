import { useEffect } from 'react';
import { isPassing } from '../../member/index.js';
import { useSession, type Session } from '../session/index.js';
import { canGo, openOutbox, sendOne } from './outbox-sender.js';
import { useOutboxChanged } from './use-outbox.js';

/** How often what waits is tried again, milliseconds. */
const EVERY_MS = 60_000;

/** Sends what waits: when somebody signs in, when the line is back, and now and then. It shows nothing. */
export function BackgroundSender(): null {
  const session = useSession();
  const changed = useOutboxChanged();
  useEffect(() => {
    const send = (): void => {
      void sendWaiting(session).then((sent) => (sent > 0 ? changed() : undefined));
    };
    send();
    const timer = setInterval(send, EVERY_MS);
    addEventListener('online', send);
    return () => {
      clearInterval(timer);
      removeEventListener('online', send);
    };
  }, [session, changed]);
  return null;
}

/** How many entries were tried. What the hub refused is left alone until somebody looks at it; after a failure of the line the rest waits, too. */
async function sendWaiting(session: Session): Promise<number> {
  let tried = 0;
  for (const entry of await (await openOutbox(session)).list()) {
    if (!canGo(entry, session) || wasRefused(entry.failure)) continue;
    const outcome = await sendOne(session, entry.id).catch(() => null);
    tried++;
    if (!outcome || (outcome.problem && isPassing(outcome.problem))) break;
  }
  return tried;
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
