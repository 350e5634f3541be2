import { setTimeout as wait } from 'node:timers/promises';
import { isTransient } from '../member-error.js';

/** How long to go on trying while the hub is away. */
export interface Patience {
  /** Milliseconds from the first failure until it gives up. */
  readonly giveUpAfterMs: number;
  /** The first pause; it doubles up to the longest. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** Told about each pause. */
  readonly onPause?: (pauseMs: number) => void;
}

/** Tries again while the hub is away, with growing pauses (drawn from the upper half, so that many clients do not come back at once). */
export async function patiently<T>(patience: Patience, step: () => Promise<T>): Promise<T> {
  const begun = Date.now();
  for (let pause = patience.firstPauseMs; ; pause = Math.min(pause * 2, patience.longestPauseMs)) {
    try {
      return await step();
    } catch (error) {
      const drawn = pause * (0.5 + Math.random() / 2);
      if (!isTransient(error) || Date.now() - begun + drawn > patience.giveUpAfterMs) throw error;
      patience.onPause?.(drawn);
      await wait(drawn);
    }
  }
}
