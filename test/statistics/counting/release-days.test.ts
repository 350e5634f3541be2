import { describe, expect, it } from '@jest/globals';
import { lastReleaseDay } from '../../../src/statistics/counting/release-days.js';

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
});
