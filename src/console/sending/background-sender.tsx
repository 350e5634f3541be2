import { useEffect } from 'react';
import { isPassing, isPassingCode } from '../../member/index.js';
import { useSession, type Session } from '../session/index.js';
import { canGo, openOutbox, sendOne } from './outbox-sender.js';
import { Rounds, type Round } from './rounds.js';
import { useOutboxChanged } from './use-outbox.js';

/**
 * Sends what waits: when somebody signs in, when the browser says that the line is back, and again and again, because on a bad line it often says nothing.
 * It shows nothing.
 */
export function BackgroundSender(): null {
  const session = useSession();
  const changed = useOutboxChanged();
  useEffect(() => {
    const rounds = new Rounds(async (signal) => {
      const round = await sendWaiting(session, signal);
      if (round.tried > 0) await changed();
      return round;
    });
    const onLine = (): void => rounds.begin();
    onLine();
    addEventListener('online', onLine);
    return () => {
      rounds.end();
      removeEventListener('online', onLine);
    };
  }, [session, changed]);
  return null;
}

/** One round. What the hub refused is left alone until somebody looks at it; after a failure of the line the rest waits, too. */
async function sendWaiting(session: Session, signal: AbortSignal): Promise<Round> {
  let [tried, sent] = [0, 0];
  for (const entry of await (await openOutbox(session)).list()) {
    if (signal.aborted) break;
    if (!canGo(entry, session) || wasRefused(entry.failure)) continue;
    const outcome = await sendOne(session, entry.id).catch(() => null);
    tried++;
    if (outcome?.problem === null) sent++;
    if (!outcome || (outcome.problem && isPassing(outcome.problem))) break;
  }
  return { tried, sent };
}

/** Whether it failed for something that does not pass by itself; a token is asked for anew at each signing-in. */
function wasRefused(failure: string | null): boolean {
  return failure !== null && failure !== 'TOKEN_REFUSED' && !isPassingCode(failure);
}
