import type { ServerResponse } from 'node:http';

/** How long a reader may take, in milliseconds: 8 MiB come in it at half a megabit each second. */
const LONGEST_READING_MS = 120_000;

/** Cuts off a reader that has not taken the whole answer in time: until then its text is held for it. */
export function limitReading(response: ServerResponse, mostMs = LONGEST_READING_MS): void {
  const timer = setTimeout(() => response.destroy(), mostMs).unref();
  response.once('close', () => {
    clearTimeout(timer);
  });
}
