import { describe, expect, it } from '@jest/globals';
import { IdleClock } from '../../../src/console/shell/idle-clock.js';

const MINUTE = 60_000;

describe('a session that nobody uses', () => {
  it('ends two minutes after the warning, also when the warning is looked at again and again', () => {
    const clock = new IdleClock(0);
    expect(clock.standing(28 * MINUTE - 1)).toBe('used');
    for (let at = 28 * MINUTE; at < 30 * MINUTE; at += 1000) expect(clock.standing(at)).toBe('warned');
    expect(clock.standing(30 * MINUTE)).toBe('over');
  });

  it('goes on as long as somebody uses it, and when the warning is answered', () => {
    const clock = new IdleClock(0);
    for (let at = 0; at < 120 * MINUTE; at += 20 * MINUTE) expect(clock.use(at)).toBe('used');
    expect(clock.standing(128 * MINUTE)).toBe('warned');
    expect(clock.goOn(129 * MINUTE)).toBe('used');
    expect(clock.standing(156 * MINUTE)).toBe('used');
  });

  it('is not kept by whoever clicks first when the computer wakes up, nor by a click beside the warning', () => {
    const clock = new IdleClock(0);
    expect(clock.use(29 * MINUTE)).toBe('warned');
    expect(clock.use(8 * 60 * MINUTE)).toBe('over');
    expect(clock.goOn(8 * 60 * MINUTE)).toBe('over');
  });
});
