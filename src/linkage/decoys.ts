import { createHmac } from 'node:crypto';

/** A suggestion with nobody on the other side. */
export interface Decoy {
  readonly level: 'link' | 'possible';
  /** The side on which its one holder stands. */
  readonly side: 1 | 2;
  /** How many windows later than a match it is given out. */
  readonly later: number;
}

const DAY_SECONDS = 86_400;
const LATEST_DAYS = 120;

/**
 * Whether an alert that matched nothing is to have a decoy, and which (PROTOCOL.md K7). Drawn by a key of the hub over sender and tokens, so that who asks for the same person again and
 * again in new alerts is told the same each time. Every second one comes at once, as the match of a new alert does, and every second one at any time later, as
 * the match of an old alert with a newer one does.
 */
export function drawDecoy(
  key: Uint8Array,
  sender: string,
  tokens: readonly string[],
  share: number,
  batchSeconds: number,
): Decoy | null {
  const drawn = createHmac('sha256', key)
    .update(JSON.stringify([sender, [...tokens].sort()]))
    .digest();
  const fraction = (at: number): number => drawn.readUInt32BE(at) / 2 ** 32;
  if (fraction(0) >= share) return null;
  const windows = Math.max(1, Math.floor((LATEST_DAYS * DAY_SECONDS) / batchSeconds));
  return {
    level: fraction(4) < 0.5 ? 'link' : 'possible',
    side: fraction(8) < 0.5 ? 1 : 2,
    later: fraction(12) < 0.5 ? 0 : Math.floor(fraction(16) * windows),
  };
}
