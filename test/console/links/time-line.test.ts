import { describe, expect, it } from '@jest/globals';
import { timeLine } from '../../../src/console/links/time-line.js';

const KNOWN_UNTIL = '2026-11-30T12:00:00Z';

describe('the time line of two episodes', () => {
  it('is none when no date was stated', () => {
    expect(timeLine([{ stated: { exit: 'unknown' }, knownUntil: KNOWN_UNTIL }])).toBeNull();
  });

  it('draws what is certain between the last day of the beginning and the first of the exit', () => {
    const stated = { began: '2024', exit: 'exited', exited: '2025-12' } as const;
    const [lane] = timeLine([{ stated, knownUntil: KNOWN_UNTIL }])?.lanes ?? [];
    expect(lane?.certain?.from).toBeCloseTo(lane?.beginning?.to ?? -1);
    expect(lane?.certain?.to).toBeCloseTo(lane?.exit?.from ?? -1);
    expect(lane?.isOpen).toBe(false);
  });

  it('draws nothing as certain when beginning and exit may be one day', () => {
    const stated = { began: '2025', exit: 'exited', exited: '2025' } as const;
    expect(timeLine([{ stated, knownUntil: KNOWN_UNTIL }])?.lanes[0]?.certain).toBeNull();
  });

  it('goes on until it was stated where the person had not got out', () => {
    const stated = { began: '2026-01-15', exit: 'not-exited' } as const;
    const [lane] = timeLine([{ stated, knownUntil: KNOWN_UNTIL }])?.lanes ?? [];
    expect(lane).toMatchObject({ exit: null, isOpen: true });
    expect(lane?.certain?.to).toBeGreaterThan(0.9);
  });

  it('puts the later episode to the right, and marks no more years than fit', () => {
    const line = timeLine([
      { stated: { began: '2005', exit: 'exited', exited: '2006' }, knownUntil: KNOWN_UNTIL },
      { stated: { began: '2026-06', exit: 'unknown' }, knownUntil: KNOWN_UNTIL },
    ]);
    const [first, second] = line?.lanes ?? [];
    expect(first?.exit?.to).toBeLessThan(second?.beginning?.from ?? 0);
    expect(second).toMatchObject({ certain: null, isOpen: true });
    expect(line?.years.length).toBeLessThanOrEqual(6);
    for (const { at } of line?.years ?? []) expect(at >= 0 && at <= 1).toBe(true);
  });
});
