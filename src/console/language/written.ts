import { useMemo } from 'react';
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
  return useMemo(() => writtenIn(locale), [locale]);
}

function writtenIn(locale: string): Written {
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const numbers = new Intl.NumberFormat(locale);
  const shares = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const countries = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    locale,
    instant: (iso) => moment.format(new Date(iso)),
    date: (partial) => {
      const precision = PARTS[partial.split('-').length - 1] ?? {};
      return new Intl.DateTimeFormat(locale, { ...precision, timeZone: 'UTC' }).format(new Date(partial));
    },
    number: (value) => numbers.format(value),
    share: (value) => shares.format(value),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
    list: (parts) => lists.format(parts),
  };
}
