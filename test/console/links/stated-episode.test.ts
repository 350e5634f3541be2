import { describe, expect, it } from '@jest/globals';
import { EMPTY_EPISODE, normalDate, readEpisode } from '../../../src/console/links/stated-episode.js';

describe('an episode that is filled in', () => {
  it.each([
    ['2024', '2024'],
    ['3-2024', '2024-03'],
    ['03.2024', '2024-03'],
    ['17/3/2024', '2024-03-17'],
    [' 2024-3-7 ', '2024-03-07'],
    ['last spring', 'last spring'],
    ['', ''],
  ])('takes %j for %j', (typed, written) => {
    expect(normalDate(typed)).toBe(written);
  });

  it('leaves out what is not known, and a date of an exit that there was not', () => {
    const draft = { began: '', exit: 'not-exited', exited: '2025', exploiters: 'unknown' } as const;
    expect(readEpisode(draft).episode).toEqual({ exit: 'not-exited', exploiters: 'unknown' });
  });

  it('says what is wrong by field', () => {
    expect(readEpisode(EMPTY_EPISODE).faults).toEqual({ exit: 'not-chosen', exploiters: 'not-chosen' });
    const known = { ...EMPTY_EPISODE, exit: 'exited', exploiters: 'same' } as const;
    expect(readEpisode({ ...known, began: 'spring' }).faults).toEqual({ began: 'not-a-date' });
    expect(readEpisode({ ...known, began: '2025-02-30' }).faults).toEqual({ began: 'no-such-day' });
    expect(readEpisode({ ...known, began: '2025-05', exited: '2024' }).faults).toEqual({
      exited: 'exit-before-beginning',
    });
  });
});
