import { daysOf } from '../protocol/index.js';

/** Bands of elapsed time, with the days at which each ends, itself not in it. */
const BANDS = [
  ['elapsed/under-6-months', 183],
  ['elapsed/6-12-months', 365],
  ['elapsed/1-2-years', 731],
  ['elapsed/2-5-years', 1_826],
  ['elapsed/5-years-and-more', Infinity],
] as const;
const DAY = 86_400_000;

/** The bands in which elapsed time is counted, the shortest first. */
export const ELAPSED_BANDS: readonly string[] = BANDS.map(([band]) => band);

/** In which band the time between two dates lies, each as precise as it is; null when that leaves it open, or the later is before the earlier. */
export function elapsedBand(from: string | undefined, until: string | undefined): string | null {
  const [a, b] = [from, until].map((date) => (date === undefined ? null : daysOf(date)));
  if (!a || !b) return null;
  const [least, most] = [bandAfter(a.last, b.first), bandAfter(a.first, b.last)];
  return least === most ? least : null;
}

function bandAfter(from: string, until: string): string | null {
  const days = (Date.parse(until) - Date.parse(from)) / DAY;
  // The days of two dates that are known to the month may lie either way.
  if (days < 0 && !from.startsWith(until.slice(0, 7))) return null;
  return BANDS.find(([, end]) => days < end)?.[0] ?? null;
}
