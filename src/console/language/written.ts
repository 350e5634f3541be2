import { useIntl } from 'react-intl';

/** How dates, numbers and countries are written in the language that is spoken. */
export interface Written {
  /** The language as BCP 47 has it, for sorting. */
  readonly locale: string;
  /** An instant to the minute, by the clock of this computer. */
  readonly instant: (iso: string) => string;
  /** A calendar date (`2026-11-23`), or a part of one (`2026`, `2026-11`), which stays as precise as it is. */
  readonly date: (partial: string) => string;
  readonly number: (value: number) => string;
  /** `0.0812` as a percentage. */
  readonly share: (value: number) => string;
  /** ISO 3166-1 alpha-2 by name. */
  readonly country: (code: string) => string;
  /** "a, b and c". */
  readonly list: (parts: readonly string[]) => string;
}

const PARTS: readonly Intl.DateTimeFormatOptions[] = [
  { year: 'numeric' },
  { year: 'numeric', month: 'long' },
  { year: 'numeric', month: 'long', day: 'numeric' },
];

export function useWritten(): Written {
  const { locale } = useIntl();
  let written = known.get(locale);
  if (!written) known.set(locale, (written = writtenIn(locale)));
  return written;
}

/** What writes is costly to make, and a long list writes in each of its rows. */
const known = new Map<string, Written>();

function writtenIn(locale: string): Written {
  const moment = once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));
  const dates = PARTS.map((precision) =>
    once(() => new Intl.DateTimeFormat(locale, { ...precision, timeZone: 'UTC' })),
  );
  const numbers = once(() => new Intl.NumberFormat(locale));
  const shares = once(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }));
  const countries = once(() => new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }));
  const lists = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  return {
    locale,
    instant: (iso) => moment().format(new Date(iso)),
    date: (partial) => dates[partial.split('-').length - 1]?.().format(new Date(partial)) ?? partial,
    number: (value) => numbers().format(value),
    share: (value) => shares().format(value),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries().of(code) ?? code) : code),
    list: (parts) => lists().format(parts),
  };
}

/** Makes something when it is first asked for: the first page needs few of them, and each takes an old computer as long as a frame. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
