import type { CoreDimension, CountedClass, Facet } from './counted-class.js';

/** What is shown of the core: a dimension that is missing is withheld. */
export type CoreKey = Readonly<Partial<Record<CoreDimension, string>>>;

/** Alerts that are counted together or not at all, and alike in everything that is shown of them here. */
export interface CorePiece<C extends CountedClass = CountedClass> {
  readonly key: CoreKey;
  readonly classes: readonly C[];
}

/** The same of one facet beside the core. */
export interface FacetPiece<C extends CountedClass = CountedClass> extends CorePiece<C> {
  readonly facet: Facet;
  /** What of the core it was made beside; null is all of it. */
  readonly beside: readonly CoreDimension[] | null;
  /** The parts of the facet's value; null is withheld. */
  readonly value: readonly (string | null)[];
}

/** Alerts of one sender, as far as it is asked whether they hide each other. */
export type Counted = Pick<CountedClass, 'sender' | 'alerts' | 'persons'>;

/** How many alerts a piece, or anything else that holds classes, counts. */
export function alertsIn(classes: readonly Pick<Counted, 'alerts'>[]): number {
  return classes.reduce((sum, { alerts }) => sum + alerts, 0);
}
