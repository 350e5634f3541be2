import type { CoreDimension } from './counted-class.js';

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

/** What of the core a facet is shown beside, each rung a part of the one before; null is all of it. */
export type Rungs = readonly (readonly CoreDimension[] | null)[];

export const FACET_RUNGS: Rungs = [
  null,
  ['year', 'origin', 'exploitation', 'purpose'],
  ['year', 'exploitation', 'purpose'],
  ['year', 'purpose'],
  ['year'],
  [],
];

/** The same for laws: who counts by definition wants to know of which purpose for longer than of which year. */
export const LAW_RUNGS: Rungs = [
  null,
  ['year', 'origin', 'exploitation', 'purpose'],
  ['year', 'exploitation', 'purpose'],
  ['year', 'purpose'],
  ['purpose'],
  [],
];
