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
export const FACET_RUNGS: readonly (readonly CoreDimension[] | null)[] = [
  null,
  ['year', 'origin', 'exploitation', 'purpose'],
  ['year', 'exploitation', 'purpose'],
  ['year', 'purpose'],
  ['year'],
  [],
];
