import type { CountedClass, Facet } from '../disclosure/counted-class.js';
import type { CorePiece, FacetPiece } from '../disclosure/piece.js';
import type { CountedOfSender } from '../disclosure/slice-of-counted.js';

/** How classes are to be cut. */
export interface Job {
  readonly kind: 'job';
  readonly facets: readonly Facet[];
  readonly threshold: number;
  /** All that is counted, when the classes are some of it of which something came to be known; null when they are to be counted. */
  readonly counted: readonly CountedOfSender[] | null;
}

/** What a thread is told: classes, some at a time, and then what to do with them. */
export type JobPart = { readonly kind: 'classes'; readonly classes: readonly CountedClass[] } | Job;

/** Pieces with the places of their classes, in the order in which they were told. */
export interface PlacedSlices {
  readonly core: readonly Placed<CorePiece>[];
  readonly facets: readonly Placed<FacetPiece>[];
  readonly waiting: readonly number[];
}

type Placed<P extends CorePiece> = Omit<P, 'classes'> & { readonly classes: readonly number[] };
