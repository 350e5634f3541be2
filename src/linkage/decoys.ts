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

/** The most decoys that one alert brings. */
const MOST = 4;

/**
 * The decoys of an alert, whatever it matches (PROTOCOL.md K7): one with the probability `share`, after it another one with the same probability, and so on. Any number of suggestions
 * is then as much likelier for a person who is known, and none is certain. `question` is what is asked: the same question of a member is told the same each time.
 * Every second decoy comes at once, as the match of a new alert does, and every second one at any time later, as the match of an old alert with a newer one does.
 */
export function drawDecoys(
  key: Uint8Array,
  question: readonly string[],
  share: number,
  batchSeconds: number,
): readonly Decoy[] {
  const decoys: Decoy[] = [];
  while (decoys.length < MOST) {
    const drawn = createHmac('sha256', key)
      .update(JSON.stringify([...question, decoys.length]))
      .digest();
    const fraction = (at: number): number => drawn.readUInt32BE(at) / 2 ** 32;
    if (fraction(0) >= share) break;
    const windows = Math.max(1, Math.floor((LATEST_DAYS * DAY_SECONDS) / batchSeconds));
    decoys.push({
      level: fraction(4) < 0.5 ? 'link' : 'possible',
      side: fraction(8) < 0.5 ? 1 : 2,
      later: fraction(12) < 0.5 ? 0 : Math.floor(fraction(16) * windows),
    });
  }
  return decoys;
}

/**
 * What an alert asks with its tokens. In new alerts the same tokens are the same question. An alert that has had a suggestion is told of no pair twice: what it
 * brings from then on is drawn for it alone, or it would differ from a new alert with the same tokens by just the pair.
 */
export function questionOf(
  { sender, alertId }: { readonly sender: string; readonly alertId: string },
  tokens: readonly string[],
  hadSuggestion: boolean,
): readonly string[] {
  return [sender, ...(hadSuggestion ? [alertId] : []), ...[...tokens].sort()];
}
