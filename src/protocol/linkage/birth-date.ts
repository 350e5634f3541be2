import { type Calendar, type CalendarDay, toGregorian } from './calendars.js';
import { LinkageRefusal } from './linkage-refusal.js';

/** What is really known of a date of birth, in the Gregorian calendar. A day without its month is not kept. */
export interface BirthDate {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
}

export const UNKNOWN_BIRTH_DATE: BirthDate = { year: null, month: null, day: null };

const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;
/** Days that registrars enter when they know the year only. */
const DEFAULT_DAYS: ReadonlySet<string> = new Set(['1-1', '7-1', '12-31']);

const YEAR_FIRST = /^(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const EITHER_FIRST = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/;
const DIGIT_BLOCKS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50];

interface Written {
  readonly year: number;
  /** 0 when unknown. */
  readonly month: number;
  readonly day: number;
}

/**
 * Reads a date of birth: ISO 8601 with or without month and day, `YYYYMMDD`, `dd.mm.yyyy`, and `dd/mm/yyyy` where the numbers leave one reading.
 * `00` is unknown, and so are month and day of a date that registrars enter by default, and the year 1900, in
 * which nobody was born who is trafficked today.
 * Throws `LinkageRefusal`.
 */
export function readBirthDate(text: string, calendar: Calendar = 'gregorian'): BirthDate {
  const written = readWritten(asciiDigits(text.normalize('NFKC').trim()));
  const gregorian = calendar === 'gregorian' || calendar === 'buddhist';
  if (written.month === 0 || written.day === 0) {
    // A year or month of the other calendars covers parts of two of ours.
    if (!gregorian) return UNKNOWN_BIRTH_DATE;
    return partial({ ...written, year: calendar === 'buddhist' ? written.year - 543 : written.year });
  }
  const day = toGregorian(written, calendar);
  if (!day) throw impossible();
  if (calendar !== 'gregorian' && isDefaultDay(written))
    return gregorian ? partial({ ...day, month: 0 }) : UNKNOWN_BIRTH_DATE;
  return partial(day);
}

function readWritten(text: string): Written {
  const compact = COMPACT.exec(text);
  const yearFirst = compact ?? YEAR_FIRST.exec(text);
  if (yearFirst)
    return { year: Number(yearFirst[1]), month: Number(yearFirst[2] ?? 0), day: Number(yearFirst[3] ?? 0) };
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst) return { day: Number(dayFirst[1]), month: Number(dayFirst[2]), year: Number(dayFirst[3]) };
  const either = EITHER_FIRST.exec(text);
  if (!either) throw new LinkageRefusal('BIRTH_DATE_UNREADABLE', ['birthDate']);
  const [first, second, year] = [Number(either[1]), Number(either[2]), Number(either[3])];
  if (first <= 12 && second <= 12 && first !== second) throw new LinkageRefusal('BIRTH_DATE_AMBIGUOUS', ['birthDate']);
  return first > 12 ? { day: first, month: second, year } : { day: second, month: first, year };
}

function partial({ year, month, day }: Written): BirthDate {
  if (year < FIRST_YEAR || year > LAST_YEAR || month > 12 || day > 31) throw impossible();
  const known = year === FIRST_YEAR ? null : year;
  if (month === 0 || isDefaultDay({ year, month, day })) return { year: known, month: null, day: null };
  return { year: known, month, day: day === 0 ? null : day };
}

function isDefaultDay({ month, day }: CalendarDay): boolean {
  return DEFAULT_DAYS.has(`${month}-${day}`);
}

function impossible(): LinkageRefusal {
  return new LinkageRefusal('BIRTH_DATE_IMPOSSIBLE', ['birthDate']);
}

/** Digits of other scripts (Arabic, Persian, Devanagari, Bengali, Thai) as ours. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = DIGIT_BLOCKS.find((start) => code >= start && code < start + 10);
    return zero === undefined ? digit : String(code - zero);
  });
}
