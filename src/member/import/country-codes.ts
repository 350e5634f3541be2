import { alpha2Of, isCountryCode } from '../../protocol/index.js';

/** Codes that sources still use for a country that has another code now (ISO 3166-3; `Y1` to `Y3` are the CTDC's own). */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['ZR', 'CD'],
  ['ZAR', 'CD'],
  ['TP', 'TL'],
  ['TMP', 'TL'],
  ['BU', 'MM'],
  ['BUR', 'MM'],
  ['Y1', 'XK'],
  ['Y2', 'ME'],
  ['Y3', 'RS'],
  ['TB', 'CN'],
]);

/** Codes of countries that came apart, so that no present country is meant. */
const DISSOLVED: ReadonlySet<string> = new Set(['AN', 'ANT', 'CS', 'SCG', 'YU', 'YUG', 'SU', 'SUN']);

/** What a source's country code says. */
export type CountryReading =
  { readonly kind: 'country'; readonly alpha2: string } | { readonly kind: 'dissolved' } | { readonly kind: 'unknown' };

/** Reads an alpha-2 or alpha-3 code. `NA` is Namibia; whoever means "missing" by it has to say so before. */
export function readCountry(code: string): CountryReading {
  const upper = code.toUpperCase();
  if (DISSOLVED.has(upper)) return { kind: 'dissolved' };
  const alpha2 = RENAMED.get(upper) ?? alpha2Of(upper) ?? (isCountryCode(upper) ? upper : null);
  return alpha2 === null ? { kind: 'unknown' } : { kind: 'country', alpha2 };
}
