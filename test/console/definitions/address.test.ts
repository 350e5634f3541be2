import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLooking, writeLooking } from '../../../src/console/definitions/address.js';
import { NOTHING_KNOWN } from '../../../src/console/definitions/made-up-case.js';

describe('the address of what is looked at', () => {
  it('says laws, day and made-up facts so that people can read it', () => {
    const looking = {
      laws: ['NL', 'BE', 'NL-273f-1-4'],
      onDate: '2026-04-08',
      facts: { present: ['act/recruitment', 'age/under-18'], absent: ['means/coercion'], restAbsent: true },
    };
    const address = writeLooking(looking);
    expect(address).toBe(
      'laws=NL,BE,NL-273f-1-4&on=2026-04-08&present=act/recruitment,age/under-18&absent=means/coercion&rest=absent',
    );
    expect(readLooking(address)).toEqual(looking);
  });

  it('is empty when nothing was chosen', () => {
    const nothing = { laws: [], onDate: null, facts: NOTHING_KNOWN };
    expect(writeLooking(nothing)).toBe('');
    expect(readLooking('')).toEqual(nothing);
  });

  it('leaves out what it does not understand', () => {
    const { laws, onDate, facts } = readLooking(
      'laws=NL,nl,<b>,NL&on=2026-02-30&present=act/x,ACT/X,act&absent=act/x,means/y&rest=1',
    );
    expect({ laws, onDate, facts }).toEqual({
      laws: ['NL'],
      onDate: null,
      facts: { present: ['act/x'], absent: ['means/y'], restAbsent: false },
    });
  });

  it('is the same once it was read and written, whatever stood there', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (query) => {
        const once = writeLooking(readLooking(query));
        expect(writeLooking(readLooking(once))).toBe(once);
      }),
    );
  });
});
