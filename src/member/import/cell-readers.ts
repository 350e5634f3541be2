/** What a flag says: 1, 0 or nothing; null when it is none of them. Written `1`, `1.0`, `0.0` or in words, by edition and tool. */
export function readFlag(text: string): boolean | null {
  if (/^(1|1\.0+|true|yes)$/i.test(text)) return true;
  if (/^(0|0\.0+|false|no)$/i.test(text)) return false;
  return null;
}

/** A year (`2014`, or `2014.0` as some tools write it), a range of years, or null. */
export function readYear(text: string): { readonly from: string; readonly to: string } | null {
  const [, from, to] = /^((?:19|20)\d\d)(?:\.0+)?(?:\s*(?:-{1,2}|–|—)\s*((?:19|20)\d\d))?$/.exec(text) ?? [];
  if (from === undefined || (to !== undefined && to < from)) return null;
  return { from, to: to ?? from };
}

/** An age band in the one spelling of the crosswalks, `9--17`: editions write `09--17`, `9-17` or a dash. Null when it is no band. */
export function normaliseAgeBand(text: string): string | null {
  const [, open] = /^0*(\d{1,3})\s*\+$/.exec(text) ?? [];
  if (open !== undefined) return `${open}+`;
  const [, from, to] = /^0*(\d{1,3})\s*(?:-{1,2}|–|—)\s*0*(\d{1,3})$/.exec(text) ?? [];
  return from === undefined || to === undefined ? null : `${from}--${to}`;
}

/** The values that a cell joins with `;`, trimmed, without empty ones. */
export function splitJoined(text: string): string[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
