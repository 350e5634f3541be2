import type { CountSeries } from '../signals/index.js';

/** How long a period is. */
export type SignalPeriod = 'MONTH' | 'QUARTER' | 'YEAR';

const A_YEAR: Readonly<Record<SignalPeriod, number>> = { MONTH: 12, QUARTER: 4, YEAR: 1 };

/** As the method calls it. */
export const METHOD_PERIODS = {
  MONTH: 'month',
  QUARTER: 'quarter',
  YEAR: 'year',
} as const satisfies Readonly<Record<SignalPeriod, CountSeries['period']>>;

/** The number of the period of a day, month or, for years, a year (ISO 8601): that of the next is one more. */
export function periodOf(date: string, period: SignalPeriod): number {
  const month = Number(date.slice(5, 7) || 1) - 1;
  return Number(date.slice(0, 4)) * A_YEAR[period] + Math.floor((month * A_YEAR[period]) / 12);
}

/** The beginning (UTC) of the first day of a period. */
export function beginningOf(number: number, period: SignalPeriod): Date {
  const within = number % A_YEAR[period];
  return new Date(Date.UTC(Math.floor(number / A_YEAR[period]), (within * 12) / A_YEAR[period]));
}

/** What a period is called: `2026`, `2026-Q3` or `2026-09`. */
export function periodName(number: number, period: SignalPeriod): string {
  const [year, within] = [Math.floor(number / A_YEAR[period]), (number % A_YEAR[period]) + 1];
  switch (period) {
    case 'YEAR':
      return String(year);
    case 'QUARTER':
      return `${year}-Q${within}`;
    case 'MONTH':
      return `${year}-${String(within).padStart(2, '0')}`;
  }
}
