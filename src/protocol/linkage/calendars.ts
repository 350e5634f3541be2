/** Calendars in which documents state dates of birth. */
export const CALENDARS = ['gregorian', 'hijri', 'jalali', 'buddhist'] as const;
export type Calendar = (typeof CALENDARS)[number];

/** A day of some calendar; month and day count from 1. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const MILLISECONDS_A_DAY = 86_400_000;
/** Julian day number of 1970-01-01, at noon. */
const UNIX_EPOCH = 2_440_588;
/** Julian day number of 1 Muharram of the year 1, civil epoch (16 July 622, Julian). */
const HIJRI_EPOCH = 1_948_440;
const BUDDHIST_YEARS = 543;
/** Years of the Solar Hijri calendar at which the cycle of leap years breaks (after Borkowski, 1996). */
const BREAKS = [
  -61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456, 3178,
];

/** The Gregorian day; null when the calendar has no such day. A lunar date may be a day off, because its month began with what was seen of the moon. */
export function toGregorian(day: CalendarDay, calendar: Calendar): CalendarDay | null {
  switch (calendar) {
    case 'gregorian':
      return existing(day);
    case 'buddhist':
      return existing({ ...day, year: day.year - BUDDHIST_YEARS });
    case 'hijri':
      return fromHijri(day);
    case 'jalali':
      return fromJalali(day);
  }
}

function existing(day: CalendarDay): CalendarDay | null {
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day));
  const exists =
    date.getUTCFullYear() === day.year && date.getUTCMonth() === day.month - 1 && date.getUTCDate() === day.day;
  return exists ? day : null;
}

/** The tabular calendar: months of 30 and 29 days, 11 leap years in 30. */
function fromHijri({ year, month, day }: CalendarDay): CalendarDay | null {
  const leap = (11 * year + 14) % 30 < 11;
  const days = month % 2 === 1 || (month === 12 && leap) ? 30 : 29;
  if (month < 1 || month > 12 || day < 1 || day > days) return null;
  const before = Math.ceil(29.5 * (month - 1)) + (year - 1) * 354 + Math.floor((3 + 11 * year) / 30);
  return fromJulianDay(HIJRI_EPOCH + before + day - 1);
}

function fromJalali({ year, month, day }: CalendarDay): CalendarDay | null {
  const { leap, march } = jalaliYear(year);
  const days = month <= 6 ? 31 : month <= 11 || leap ? 30 : 29;
  if (month < 1 || month > 12 || day < 1 || day > days) return null;
  const newYear = Date.UTC(year + 621, 2, march) / MILLISECONDS_A_DAY + UNIX_EPOCH;
  const before = (month - 1) * 31 - Math.floor(month / 7) * (month - 7);
  return fromJulianDay(newYear + before + day - 1);
}

/** Whether a Solar Hijri year is a leap year, and on which day of March it begins. */
function jalaliYear(year: number): { readonly leap: boolean; readonly march: number } {
  let leaps = -14;
  let start = BREAKS[0] ?? 0;
  let jump = 0;
  for (const next of BREAKS.slice(1)) {
    jump = next - start;
    if (year < next) break;
    leaps += Math.floor(jump / 33) * 8 + Math.floor((jump % 33) / 4);
    start = next;
  }
  const since = year - start;
  leaps += Math.floor(since / 33) * 8 + Math.floor(((since % 33) + 3) / 4);
  if (jump % 33 === 4 && jump - since === 4) leaps += 1;
  const gregorian = year + 621;
  const gregorianLeaps = Math.floor(gregorian / 4) - Math.floor(((Math.floor(gregorian / 100) + 1) * 3) / 4) - 150;
  const rest = jump - since < 6 ? since - jump + Math.floor((jump + 4) / 33) * 33 : since;
  const position = (((((rest + 1) % 33) - 1) % 4) + 4) % 4;
  return { leap: position === 0 && rest % 33 !== 32, march: 20 + leaps - gregorianLeaps };
}

function fromJulianDay(julian: number): CalendarDay {
  const date = new Date((julian - UNIX_EPOCH) * MILLISECONDS_A_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
