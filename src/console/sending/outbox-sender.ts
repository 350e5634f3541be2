import { Outbox, sendEntry, type OutboxEntry, type SendOutcome } from '../../member/index.js';
import { makeTokens } from '../pseudonyms/index.js';
import type { Session } from '../session/index.js';

/** How far the making of tokens is: so many of so many keys. */
export type OnProgress = (done: number, total: number) => void;

/** Opens the outbox of whoever is signed in. */
export function openOutbox({ place, seat }: Session): Promise<Outbox> {
  return Outbox.open(place, seat);
}

/** Whether an entry can go in this session: it waits, and it was written for the purpose that the session is for. */
export function canGo({ stage, purpose }: OutboxEntry, session: Session): boolean {
  return stage !== 'sent' && purpose === session.purpose;
}

/**
 * Sends one entry of the outbox, or goes on where it stopped. Null when another page of this seat is sending. Expected failures are in the outcome, and the
 * entry is kept.
 */
export async function sendOne(
  session: Session,
  id: string,
  onProgress: OnProgress = () => undefined,
): Promise<SendOutcome | null> {
  const outbox = await openOutbox(session);
  return session.place.alone('outbox', async () => {
    // Anew: another page may have sent it since it was listed.
    const entry = await outbox.get(id);
    if (!canGo(entry, session)) return { entry, problem: null };
    return sendEntry(outbox, entry, {
      connect: () => Promise.resolve(session.client),
      tokens: (order) => makeTokens(order, session.client.audience, onProgress),
    });
  });
}
