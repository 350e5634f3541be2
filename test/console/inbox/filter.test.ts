import { describe, expect, it } from '@jest/globals';
import { filterOf, readChoice, writeChoice } from '../../../src/console/inbox/filter.js';

describe('a choice of the inbox', () => {
  it.each(['', 'unread=only', 'what=links%2Cerasures', 'unread=only&what=alerts'])(
    'is in the address what it was: %s',
    (text) => {
      expect(writeChoice(readChoice(new URLSearchParams(text))).toString()).toBe(text);
    },
  );

  it('asks the hub for the events that it stands for', () => {
    expect(filterOf(readChoice(new URLSearchParams()))).toBeNull();
    expect(filterOf(readChoice(new URLSearchParams('unread=only&what=erasures,nonsense')))).toEqual({
      ...{ unreadOnly: true, events: ['SUBJECT_ERASED'] },
    });
  });
});
