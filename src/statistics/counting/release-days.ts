const DAY = 86_400_000;

/** How many days of release, of which one comes every so many days, there are from one beginning of a day (UTC) on and before another. */
export function releaseDaysBetween(from: Date, until: Date, everyDays: number): number {
  const first = (day: Date): number => Math.ceil(day.getTime() / (everyDays * DAY));
  return first(until) - first(from);
}

/**
 * The instant before which alerts came that may be counted by now: the beginning (UTC) of the last day of release, of which one comes every so many days, counted from 1970-01-01. It depends on
 * nothing that anybody raises, so that nobody learns from when a release is made how many alerts waited.
 */
export function lastReleaseDay(now: Date, everyDays: number): Date {
  const period = everyDays * DAY;
  return new Date(Math.floor(now.getTime() / period) * period);
}
