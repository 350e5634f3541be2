import type { PictureCondition, PictureRequest } from './picture-request.js';
import type { KeptCount, PictureKey } from './picture-row.js';
import { keysIn } from './tabulate.js';

/** Says whether alerts are about what is asked about. */
export function isAbout({ about }: Pick<PictureRequest, 'about'>): (kept: Pick<KeptCount, 'isAboutPerson'>) => boolean {
  return ({ isAboutPerson }) => isAboutPerson === (about === 'PERSON');
}

/** Says which of what is kept meets the conditions of a request. */
export function countedBy({
  where,
  from,
  until,
}: Pick<PictureRequest, 'where' | 'from' | 'until'>): (kept: Pick<KeptCount, 'core' | 'facets'>) => boolean {
  const conditions = where.map((condition) => ({ condition, keysOf: keysIn(condition.dimension) }));
  return (kept) =>
    isWithin(kept, from, (start, bound) => start >= bound) &&
    isWithin(kept, until, (start, bound) => start <= bound) &&
    conditions.every(({ condition, keysOf }) => keysOf(kept).some((key) => isMeant(key, condition)));
}

function isWithin(
  kept: Pick<KeptCount, 'core'>,
  bound: string | null,
  holds: (start: string, bound: string) => boolean,
): boolean {
  if (bound === null) return true;
  const { month, year } = kept.core;
  if (bound.length > 4 && month) return holds(month, bound);
  // Of a year the months of which are not shown only others than the bound's own are clearly within.
  if (!year || (bound.length > 4 && year === bound.slice(0, 4))) return false;
  return holds(year, bound.slice(0, 4));
}

function isMeant(key: PictureKey, { anyOf, unknown }: PictureCondition): boolean {
  switch (key.state) {
    case 'KNOWN':
      return anyOf.includes(key.code);
    case 'UNKNOWN':
      return unknown;
    case 'WITHHELD':
      return false;
  }
}
