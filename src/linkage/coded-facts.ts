import { yearsOfAgeBand } from '../protocol/index.js';

/** How two coded facts compare; `unknown` when either is silent. */
export type FactComparison = 'agrees' | 'differs' | 'unknown';

/** The coded facts of an alert that can speak for or against a match, in the clear. */
export interface CodedFacts {
  /** A concept of the scheme `person-age-band`, such as `person-age-band/18-20`. */
  readonly ageBand?: string;
  /** The year in which the person was of that age. */
  readonly ageIn: number;
  /** A concept of the scheme `person-gender`. */
  readonly gender?: string;
  /** ISO 3166-1 alpha-2. */
  readonly citizenships: readonly string[];
}

/** Ages are estimated and papers say what somebody wanted them to say: bands that miss each other by no more do not differ. */
const TOLERATED_YEARS = 2;
const UNKNOWN_GENDER = 'person-gender/unknown';
const GENDERS_THAT_DIFFER: ReadonlySet<string> = new Set(['person-gender/woman', 'person-gender/man']);

export interface ComparedFacts {
  readonly ageBand: FactComparison;
  readonly gender: FactComparison;
  readonly citizenship: FactComparison;
}

/** Compares what two alerts say in the clear. Silence is unknown; a gender other than woman or man neither agrees nor differs with these. */
export function compareFacts(a: CodedFacts, b: CodedFacts): ComparedFacts {
  return {
    ageBand: compareAges(a, b),
    gender: compareGenders(a.gender, b.gender),
    citizenship: compareCitizenships(a, b),
  };
}

function compareAges(a: CodedFacts, b: CodedFacts): FactComparison {
  if (a.ageBand === undefined || b.ageBand === undefined) return 'unknown';
  const [first, second] = [bornBetween(a.ageBand, a.ageIn), bornBetween(b.ageBand, b.ageIn)];
  const gap = Math.max(first.earliest - second.latest, second.earliest - first.latest);
  if (gap > TOLERATED_YEARS) return 'differs';
  return gap <= 0 ? 'agrees' : 'unknown';
}

function bornBetween(ageBand: string, year: number): { readonly earliest: number; readonly latest: number } {
  const [youngest, oldest] = yearsOfAgeBand(ageBand);
  return { earliest: year - oldest - 1, latest: year - youngest };
}

function compareGenders(a: string | undefined, b: string | undefined): FactComparison {
  if (a === undefined || b === undefined || a === UNKNOWN_GENDER) return 'unknown';
  if (a === b) return 'agrees';
  return GENDERS_THAT_DIFFER.has(a) && GENDERS_THAT_DIFFER.has(b) ? 'differs' : 'unknown';
}

function compareCitizenships(a: CodedFacts, b: CodedFacts): FactComparison {
  if (a.citizenships.length === 0 || b.citizenships.length === 0) return 'unknown';
  return a.citizenships.some((one) => b.citizenships.includes(one)) ? 'agrees' : 'differs';
}
