import type { AlertContent } from '../protocol/index.js';

/** The coded facts that can speak for or against two alerts being about one person, as the matcher takes them. */
export interface ArrivalFacts {
  readonly ageBand?: string;
  /** The year in which the person was of that age. */
  readonly ageIn: number;
  readonly gender?: string;
  readonly citizenships: readonly string[];
}

/** A token that the hub has keyed once more. */
export interface HubToken {
  readonly epoch: string;
  /** The kind of key that it was made of. */
  readonly kind: string;
  /** 16 bytes, hexadecimal. */
  readonly token: string;
}

/** What an alert brings to the matcher. */
export interface LinkageArrival {
  readonly facts: ArrivalFacts;
  /** Its tokens from now on; none when they are gone, null when they stay. */
  readonly tokens: readonly HubToken[] | null;
}

/** What an alert's content says in the clear of its person. The age is that of the time of exploitation, or of the registration when it says so. */
export function arrivalFactsOf({ person, episode }: AlertContent, issuedAt: Date): ArrivalFacts {
  const began = person?.ageAsOf === 'registration' ? undefined : episode.start;
  return {
    ...(person?.ageBand === undefined ? {} : { ageBand: person.ageBand }),
    ...(person?.gender === undefined ? {} : { gender: person.gender }),
    ageIn: began === undefined ? issuedAt.getUTCFullYear() : Number(began.slice(0, 4)),
    citizenships: person?.citizenships ?? [],
  };
}
