import type { BirthDate } from './birth-date.js';
import type { Identity } from './identity.js';
import { namePartsOf } from './name-parts.js';
import { placeSkeletonOf } from './place.js';

/** What the normaliser makes of a record. */
export interface IdentityReading {
  readonly nameParts: readonly string[];
  readonly birthDate: BirthDate;
  readonly birthCountry: string | null;
  readonly placeSkeletons: readonly string[];
}

export function readingOf({ names, birthDate, birthCountry, birthPlaces }: Identity): IdentityReading {
  return {
    nameParts: namePartsOf(names),
    birthDate,
    birthCountry,
    // One sound says too little of a place.
    placeSkeletons: [...new Set(birthPlaces.map(placeSkeletonOf).filter(({ length }) => length > 1))],
  };
}
