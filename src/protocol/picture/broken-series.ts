import type { PictureKeyAnswer } from './picture-table.js';
import { wordsOf } from './dimension-words.js';
import type { ExportedTable } from './exported-table.js';
import type { Measure } from './measures.js';

/** Whether the law of a number changed within its own period, so that a series breaks there. */
export function breaksSeries(
  measure: Measure,
  keys: readonly PictureKeyAnswer[],
  { breaks }: ExportedTable['answer'],
): boolean {
  const periods = keys.filter(({ dimension }) => wordsOf(dimension).role === 'time').map(({ code }) => code);
  return (
    periods.length > 0 &&
    breaks.some(({ under, on }) => under === measure.law && periods.every((period) => isIn(on, period)))
  );
}

/** Whether a day (ISO 8601) is in a year, quarter (`2026-Q4`) or month. */
function isIn(day: string, period: string | null): boolean {
  if (period === null) return false;
  const quarter = `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
  return period === quarter || period === day.slice(0, period.length);
}
