import type { BirthDate } from './birth-date.js';
import type { Identity } from './identity.js';
import { namePartsOf } from './name-parts.js';
import { placeSkeletonOf } from './place.js';

/** What the normaliser makes of a record. */
export interface IdentityReading {
  readonly nameParts: readonly string[];
  readonly birthDate: BirthDate;
  readonly birthCountry: string | null;
  readonly placeSkeleton: string | null;
}

export function readingOf({ names, birthDate, birthCountry, birthPlace }: Identity): IdentityReading {
  const place = birthPlace === null ? '' : placeSkeletonOf(birthPlace);
  return {
    nameParts: namePartsOf(names),
    birthDate,
    birthCountry,
    // One sound says too little of a place.
    placeSkeleton: place.length > 1 ? place : null,
  };
}
