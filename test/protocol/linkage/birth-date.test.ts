import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LinkageRefusal, readBirthDate, toGregorian } from '../../../src/protocol/linkage/index.js';

const known = (year: number | null, month: number | null, day: number | null) => ({ year, month, day });

describe('a date of birth', () => {
  it.each([
    ['2001-05-23', known(2001, 5, 23)],
    ['2001-05', known(2001, 5, null)],
    ['2001', known(2001, null, null)],
    ['20010523', known(2001, 5, 23)],
    ['23.5.2001', known(2001, 5, 23)],
    ['23/05/2001', known(2001, 5, 23)],
    ['05/23/2001', known(2001, 5, 23)],
    ['05/05/2001', known(2001, 5, 5)],
    [' 2001-05-23 ', known(2001, 5, 23)],
    ['٢٠٠١-٠٥-٢٣', known(2001, 5, 23)],
    ['2001-00-00', known(2001, null, null)],
    ['2001-05-00', known(2001, 5, null)],
    ['20010000', known(2001, null, null)],
    ['2001-01-01', known(2001, null, null)],
    ['2001-07-01', known(2001, null, null)],
    ['31.12.2001', known(2001, null, null)],
    ['1900-01-01', known(null, null, null)],
    ['1900', known(null, null, null)],
    ['1900-05-23', known(null, 5, 23)],
  ])('%s is %j', (text, expected) => {
    expect(readBirthDate(text)).toEqual(expected);
  });

  it.each([
    ['05/06/2001', 'BIRTH_DATE_AMBIGUOUS'],
    ['05-06-2001', 'BIRTH_DATE_AMBIGUOUS'],
    ['2001-02-30', 'BIRTH_DATE_IMPOSSIBLE'],
    ['2001-13-01', 'BIRTH_DATE_IMPOSSIBLE'],
    ['2001-13', 'BIRTH_DATE_IMPOSSIBLE'],
    ['1850-01-02', 'BIRTH_DATE_IMPOSSIBLE'],
    ['23.5.01', 'BIRTH_DATE_UNREADABLE'],
    ['May 2001', 'BIRTH_DATE_UNREADABLE'],
    ['200105', 'BIRTH_DATE_UNREADABLE'],
  ] as const)('%s is refused with %s', (text, code) => {
    expect(() => readBirthDate(text)).toThrow(new LinkageRefusal(code, ['birthDate']));
  });

  it.each([
    ['1380-03-02', 'jalali', known(2001, 5, 23)],
    ['1422-02-29', 'hijri', known(2001, 5, 23)],
    ['2544-05-23', 'buddhist', known(2001, 5, 23)],
    ['2544-05', 'buddhist', known(2001, 5, null)],
    ['1380-01-01', 'jalali', known(null, null, null)],
    ['1422-07-01', 'hijri', known(null, null, null)],
    ['1380', 'jalali', known(null, null, null)],
    ['1380-03', 'jalali', known(null, null, null)],
    ['2544-01-01', 'buddhist', known(2001, null, null)],
  ] as const)('%s in the %s calendar is %j', (text, calendar, expected) => {
    expect(readBirthDate(text, calendar)).toEqual(expected);
  });

  it('reads any real day in three notations alike', () => {
    const days = fc.date({ min: new Date('1901-01-02'), max: new Date('2026-11-24'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year = '', month = '', day = ''] = iso.split('-');
        const read = readBirthDate(iso);
        expect(readBirthDate(`${year}${month}${day}`)).toEqual(read);
        expect(readBirthDate(`${day}.${month}.${year}`)).toEqual(read);
        expect(read.year).toBe(Number(year));
      }),
    );
  });

  it('is refused without a word of what stood there', () => {
    try {
      readBirthDate('secret 1999');
      throw new Error('it was taken');
    } catch (error) {
      expect(error).toBeInstanceOf(LinkageRefusal);
      expect(String(error)).not.toMatch(/secret|1999/);
    }
  });
});

describe('a day of another calendar', () => {
  it.each([
    ['Nowruz 1400', { year: 1400, month: 1, day: 1 }, 'jalali', { year: 2021, month: 3, day: 21 }],
    ['the last day of a leap year', { year: 1399, month: 12, day: 30 }, 'jalali', { year: 2021, month: 3, day: 20 }],
    ['the revolution', { year: 1357, month: 11, day: 22 }, 'jalali', { year: 1979, month: 2, day: 11 }],
    ['the new lunar year of 1445', { year: 1445, month: 1, day: 1 }, 'hijri', { year: 2023, month: 7, day: 19 }],
    ['Ramadan of 1400', { year: 1400, month: 9, day: 1 }, 'hijri', { year: 1980, month: 7, day: 14 }],
  ] as const)('%s', (_, day, calendar, expected) => {
    expect(toGregorian(day, calendar)).toEqual(expected);
  });

  it.each([
    [{ year: 1400, month: 12, day: 30 }, 'jalali'],
    [{ year: 1400, month: 7, day: 31 }, 'jalali'],
    [{ year: 1445, month: 2, day: 30 }, 'hijri'],
    [{ year: 1445, month: 13, day: 1 }, 'hijri'],
    [{ year: 2544, month: 2, day: 29 }, 'buddhist'],
  ] as const)('%j of the %s calendar does not exist', (day, calendar) => {
    expect(toGregorian(day, calendar)).toBeNull();
  });

  it('goes on by one day when the calendar does', () => {
    const months = fc.record({ year: fc.integer({ min: 1280, max: 1450 }), month: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(months, fc.constantFrom('jalali', 'hijri'), ({ year, month }, calendar) => {
        const days = Array.from({ length: 31 }, (_, at) => toGregorian({ year, month, day: at + 1 }, calendar));
        const times = days.flatMap((day) => (day ? [Date.UTC(day.year, day.month - 1, day.day)] : []));
        const next = toGregorian({ year: month === 12 ? year + 1 : year, month: (month % 12) + 1, day: 1 }, calendar);
        times.push(next ? Date.UTC(next.year, next.month - 1, next.day) : NaN);
        times.slice(1).forEach((time, at) => {
          expect(time - (times[at] ?? NaN)).toBe(86_400_000);
        });
      }),
    );
  });
});
