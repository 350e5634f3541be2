import type { PictureDimension } from '../picture/dimension.js';

type PeriodDimension = 'MONTH' | 'QUARTER' | 'YEAR';

/** Whether a dimension is one of time. */
export function isPeriodDimension(dimension: PictureDimension): dimension is PeriodDimension {
  return dimension === 'MONTH' || dimension === 'QUARTER' || dimension === 'YEAR';
}

/** The months, quarters (`2026-Q4`) or years that lie in a period, in part or whole; its ends are years or months, both included. */
export function periodsWithin(dimension: PeriodDimension, from: string, until: string): string[] {
  const [first, last] = [monthAt(from, 1), monthAt(until, 12)];
  const months = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  return [...new Set(months.map((month) => nameOf(dimension, month)))];
}

/** Months since year 0. */
function monthAt(period: string, instead: number): number {
  const [year = '', month] = period.split('-');
  return Number(year) * 12 + (month === undefined ? instead : Number(month)) - 1;
}

function nameOf(dimension: PeriodDimension, months: number): string {
  const [year, month] = [String(Math.floor(months / 12)), months % 12];
  switch (dimension) {
    case 'YEAR':
      return year;
    case 'QUARTER':
      return `${year}-Q${Math.floor(month / 3) + 1}`;
    case 'MONTH':
      return `${year}-${String(month + 1).padStart(2, '0')}`;
  }
}
