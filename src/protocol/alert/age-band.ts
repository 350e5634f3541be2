const THRESHOLDS = [12, 14, 16, 18, 21] as const;

/** What an age band says about the legal age limits, as concepts of the scheme `age`. */
export interface AgeFacts {
  readonly present: readonly string[];
  readonly absent: readonly string[];
}

/**
 * Reads a concept of the scheme `person-age-band` (`…/9-17`, `…/48-plus`, `…/minor`, `…/adult`) against the age limits of the laws.
 * A limit inside the band stays unknown: 9–17 is under 18 and under 21, and says nothing about 14. An age at registration only ever speaks for
 * youth: whoever is a minor when registered was one before, whoever is an adult may have been a child when exploited.
 */
export function ageFactsOf(ageBand: string, asOf: 'exploitation' | 'registration' = 'exploitation'): AgeFacts {
  const [youngest, oldest] = yearsOfAgeBand(ageBand);
  return {
    present: THRESHOLDS.filter((limit) => oldest < limit).map(asConcept),
    absent: asOf === 'registration' ? [] : THRESHOLDS.filter((limit) => youngest >= limit).map(asConcept),
  };
}

/** The youngest and oldest that a band may mean; a concept that is no band (`…/unknown`) may mean every age. */
export function yearsOfAgeBand(ageBand: string): readonly [youngest: number, oldest: number] {
  if (ageBand === 'person-age-band/minor') return [0, 17];
  if (ageBand === 'person-age-band/adult') return [18, Infinity];
  const [, from, to] = /^person-age-band\/(\d+)-(\d+|plus)$/.exec(ageBand) ?? [];
  if (from === undefined) return [0, Infinity];
  return [Number(from), to === 'plus' ? Infinity : Number(to)];
}

function asConcept(limit: number): string {
  return `age/under-${limit}`;
}
