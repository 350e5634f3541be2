/** The first and last day that a partial date (`2026`, `2026-11`, `2026-11-23`) may mean, ISO 8601. Null when there is no such day. */
export function daysOf(partial: string): { readonly first: string; readonly last: string } | null {
  const [year = '', month, day] = partial.split('-');
  if (month === undefined) return { first: `${year}-01-01`, last: `${year}-12-31` };
  if (day !== undefined) return isCalendarDate(partial) ? { first: partial, last: partial } : null;
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return { first: `${year}-${month}-01`, last: `${year}-${month}-${String(lastDay).padStart(2, '0')}` };
}

/** Whether an ISO 8601 calendar date exists: 2026-02-29 does not. */
export function isCalendarDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
