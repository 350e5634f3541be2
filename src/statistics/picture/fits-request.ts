import type { PictureRequest } from './picture-request.js';
import type { KeptCount, PictureKey } from './picture-row.js';
import { keysOf } from './tabulate.js';

/** Whether alerts are about what is asked about. */
export function isAbout({ isAboutPerson }: KeptCount, { about }: Pick<PictureRequest, 'about'>): boolean {
  return isAboutPerson === (about === 'PERSON');
}

/** Whether alerts are clearly within the period and meet all conditions. */
export function isCounted(
  kept: KeptCount,
  { where, from, until }: Pick<PictureRequest, 'where' | 'from' | 'until'>,
): boolean {
  return (
    isWithin(kept, from, (start, bound) => start >= bound) &&
    isWithin(kept, until, (start, bound) => start <= bound) &&
    where.every(({ dimension, anyOf }) => keysOf(kept, dimension).some((key) => isOneOf(key, anyOf)))
  );
}

function isWithin(kept: KeptCount, bound: string | null, holds: (start: string, bound: string) => boolean): boolean {
  if (bound === null) return true;
  const { month, year } = kept.core;
  if (bound.length > 4 && month) return holds(month, bound);
  // Of a year the months of which are not shown only others than the bound's own are clearly within.
  if (!year || (bound.length > 4 && year === bound.slice(0, 4))) return false;
  return holds(year, bound.slice(0, 4));
}

function isOneOf(key: PictureKey, codes: readonly string[]): boolean {
  return key.state === 'KNOWN' && codes.includes(key.code);
}
