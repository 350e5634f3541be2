import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseDocumentNumber, shortenedNumbers } from '../../../src/protocol/linkage/index.js';

const characters = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');
const numbers = fc.string({ unit: characters, minLength: 1, maxLength: 14 });

describe('the number of a document', () => {
  it.each([
    ['spaces and dashes go', 'ab 123-456', 'AB123456'],
    ['look-alikes fold', 'OI0I23', '010123'],
    ['Cyrillic series are Latin', 'АВ123456', 'AB123456'],
    ['full-width digits are digits', 'AB１２３', 'AB123'],
    // ICAO 9303-4, appendix A: the specimen's number and its check digit.
    ['a check digit goes', 'L898902C36', 'L898902C3'],
    ['its filler too', 'L898902C3<6', 'L898902C3'],
    ['ten characters without a check digit stay', 'L898902C37', 'L898902C37'],
    ['nine characters stay', 'L898902C3', 'L898902C3'],
  ])('%s', (_, number, expected) => {
    expect(normaliseDocumentNumber(number)).toBe(expected);
  });

  it('is the same whichever look-alike was typed, check digit or not', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const typed = number.replace(/0/g, 'O').replace(/1/g, 'I');
        expect(normaliseDocumentNumber(typed)).toBe(normaliseDocumentNumber(number));
      }),
    );
  });

  it('stays what it is when it is normalised again', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const once = normaliseDocumentNumber(number);
        fc.pre(once.length !== 10);
        expect(normaliseDocumentNumber(once)).toBe(once);
      }),
    );
  });
});

describe('numbers less one character', () => {
  it('are none below seven characters', () => {
    expect(shortenedNumbers('123456')).toEqual([]);
    expect(shortenedNumbers('1234567')).toHaveLength(8);
  });

  it('have one in common for any single error', () => {
    const long = fc.string({ unit: characters, minLength: 8, maxLength: 12 });
    fc.assert(
      fc.property(
        long,
        fc.nat(),
        characters,
        fc.constantFrom('replaced', 'left out', 'put in'),
        (number, where, other, how) => {
          const at = where % number.length;
          const middle = how === 'replaced' ? other : how === 'left out' ? '' : other + number.charAt(at);
          const changed = number.slice(0, at) + middle + number.slice(at + 1);
          const ours = new Set(shortenedNumbers(number));
          expect(shortenedNumbers(changed).some((one) => ours.has(one))).toBe(true);
        },
      ),
    );
  });
});
