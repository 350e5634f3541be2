import { randomInt } from 'node:crypto';

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
const PARTS = 1_000_000;

/** The most decoys that one alert brings. */
const MOST = 4;

/**
 * The decoys of an alert, whatever it matches (PROTOCOL.md K7): one with the probability `share`, after it another one with the same probability, and so on. Any number of suggestions
 * is then as much likelier for a person who is known, and none is certain. They are drawn anew each time that an alert brings tokens: of what is asked again no match
 * is given out again, so that all that differs between two times is chance.
 * Every second decoy comes at once, as the match of a new alert does, and every second one at any time later, as the match of an old alert with a newer one does.
 */
export function drawDecoys(share: number, batchSeconds: number): readonly Decoy[] {
  const decoys: Decoy[] = [];
  while (decoys.length < MOST && randomInt(PARTS) < share * PARTS) {
    decoys.push({
      level: isHeads() ? 'link' : 'possible',
      side: isHeads() ? 1 : 2,
      later: isHeads() ? 0 : randomInt(lateWindows(batchSeconds)),
    });
  }
  return decoys;
}

/** Over how many windows what comes late is spread. */
export function lateWindows(batchSeconds: number): number {
  return Math.max(1, Math.floor((LATEST_DAYS * DAY_SECONDS) / batchSeconds));
}

function isHeads(): boolean {
  return randomInt(2) === 0;
}
