/** For how long a suggestion waits for its holders. */
const LAPSES_AFTER_MS = 90 * 86_400_000;

/** When a suggestion is given out, and when it lapses. */
export interface GivenOut {
  readonly suggestedAt: Date;
  readonly lapsesAt: Date;
}

/**
 * Suggestions are given out at instants a fixed time apart, counted from 1970, and each waits for the end of the window after its own: whoever sends an
 * alert cannot tell from the time of a suggestion whether it was this alert that brought it, or one of the whole window before (PROTOCOL.md K6). What is matched late waits for the
 * next instant. `later` is how many windows more to wait.
 */
export function givenOut(receivedAt: Date, now: Date, batchSeconds: number, later = 0): GivenOut {
  const length = batchSeconds * 1000;
  const windowOf = (instant: Date): number => Math.floor(instant.getTime() / length);
  const end = Math.max(windowOf(receivedAt) + 2, windowOf(now) + 1) + later;
  const suggestedAt = new Date(end * length);
  return { suggestedAt, lapsesAt: lapseOf(suggestedAt) };
}

/** When a suggestion lapses that is given out at an instant. */
export function lapseOf(suggestedAt: Date): Date {
  return new Date(suggestedAt.getTime() + LAPSES_AFTER_MS);
}
