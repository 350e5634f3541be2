import { describe, expect, it } from '@jest/globals';
import { lastReleaseDay, releaseDaysBetween } from '../../../src/statistics/counting/release-days.js';

describe('days of release', () => {
  it.each([
    [1, '2026-11-30T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
    [1, '2026-11-30T23:59:59.999Z', '2026-11-30T00:00:00.000Z'],
    [7, '2026-11-30T12:00:00.000Z', '2026-11-26T00:00:00.000Z'],
    [7, '2026-12-02T23:59:59.999Z', '2026-11-26T00:00:00.000Z'],
    [7, '2026-12-03T00:00:00.000Z', '2026-12-03T00:00:00.000Z'],
  ])('come every %i days: the last before %s is %s', (everyDays, now, day) => {
    expect(lastReleaseDay(new Date(now), everyDays).toISOString()).toBe(day);
  });

  it.each([
    [7, '2026-01-01', '2026-04-01', 13],
    [7, '2026-10-01', '2027-01-01', 14],
    [28, '2026-11-01', '2026-12-01', 1],
    [1, '2028-02-01', '2028-03-01', 29],
    [366, '2026-04-01', '2026-07-01', 0],
  ])('come every %i days: from %s on and before %s there are %i', (everyDays, from, until, days) => {
    expect(releaseDaysBetween(new Date(from), new Date(until), everyDays)).toBe(days);
  });

  it.each([7, 28])('every %i days are those that come to be the last, one day after the other', (everyDays) => {
    const [from, days] = [Date.UTC(2026, 2, 1), 400];
    const last = Array.from({ length: days }, (_, at) => new Date(from + at * 86_400_000)).filter(
      (day) => lastReleaseDay(day, everyDays).getTime() === day.getTime(),
    );
    expect(releaseDaysBetween(new Date(from), new Date(from + days * 86_400_000), everyDays)).toBe(last.length);
  });
});
