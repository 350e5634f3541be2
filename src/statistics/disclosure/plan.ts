import type { CoreDimension, Facet } from './counted-class.js';

/** What of the core is shown, the finest first: what does not make a number at one rung goes to the next. */
export const CORE_RUNGS: readonly (readonly CoreDimension[])[] = [
  ['month', 'year', 'origin', 'exploitation', 'purpose', 'gender', 'age-band'],
  ['year', 'origin', 'exploitation', 'purpose', 'gender', 'age-band'],
  ['year', 'origin', 'exploitation', 'purpose', 'gender'],
  ['year', 'origin', 'exploitation', 'purpose'],
  ['year', 'exploitation', 'purpose', 'gender'],
  ['year', 'exploitation', 'purpose'],
  ['origin', 'exploitation', 'purpose'],
  ['exploitation', 'purpose', 'gender'],
  ['year', 'purpose'],
  ['year', 'exploitation'],
  ['exploitation', 'purpose'],
  ['purpose'],
  ['exploitation'],
  ['year'],
  [],
];

/** What of a facet is shown beside what of the core. */
export interface FacetRung {
  /** The core as far as it is shown, each rung a part of the one before; `null` is all of it. */
  readonly beside: readonly CoreDimension[] | null;
  /** How many parts of the value. */
  readonly parts: number;
}

const WIDER: readonly (readonly CoreDimension[])[] = [
  ['year', 'origin', 'exploitation', 'purpose'],
  ['year', 'exploitation', 'purpose'],
  ['year', 'purpose'],
  ['year'],
  [],
];

const ONE_PART: readonly FacetRung[] = [
  { beside: null, parts: 1 },
  ...WIDER.map((beside) => ({ beside, parts: 1 })),
  { beside: [], parts: 0 },
];

/** Verdicts are asked for by corridor and year above all, so that what is left there stays there. */
const LAW: readonly FacetRung[] = [
  { beside: null, parts: 2 },
  { beside: null, parts: 1 },
  { beside: ['year', 'origin', 'exploitation', 'purpose'], parts: 1 },
  { beside: ['year', 'exploitation', 'purpose'], parts: 1 },
  { beside: ['year', 'exploitation', 'purpose'], parts: 0 },
  { beside: [], parts: 0 },
];

/** The rungs of a facet, the finest first. */
export function rungsOf(facet: Facet): readonly FacetRung[] {
  return facet === 'law' ? LAW : ONE_PART;
}
