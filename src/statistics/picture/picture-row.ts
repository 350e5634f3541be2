import type { Verdict } from '../../protocol/definition/index.js';
import type { CoreDimension, Facet } from '../disclosure/counted-class.js';
import type { Register } from '../counting/later-registers.js';
import type { PictureDimension } from './dimension.js';

/** Alerts that are counted alike, as they are kept. A text that is null is withheld, an empty one unknown. */
export interface KeptCount {
  /** All that are counted, or those of them of which something came to be known since. */
  readonly register: 'counted' | Register;
  /** Whether each is about a person. */
  readonly isAboutPerson: boolean;
  readonly core: Readonly<Partial<Record<CoreDimension, string | null>>>;
  readonly facets: Readonly<Partial<Record<Facet, string | null>>>;
  /** How they were judged under the laws asked for, a letter for each; null when they are to be judged by their cases. */
  readonly letters: string | null;
  /** Their cases. A verdict is shown where it is that of all of them. */
  readonly caseIds: readonly number[];
  /** The month in which they came to be counted, where it was asked for. */
  readonly countedIn: string | null;
  readonly alerts: number;
}

/** How the picture judges: what is not the same for all that are counted together is withheld. */
export type ShownVerdict = Verdict | 'WITHHELD';

/** What a row is about in one dimension. */
export type PictureKey =
  | { readonly dimension: PictureDimension; readonly state: 'KNOWN'; readonly code: string }
  | { readonly dimension: PictureDimension; readonly state: 'UNKNOWN' | 'WITHHELD' };

/** How many alerts came out how under a law. */
export type VerdictTally = Readonly<Record<ShownVerdict, number>>;

/** A row, before numbers are shown. */
export interface TalliedRow {
  readonly keys: readonly PictureKey[];
  readonly alerts: number;
  /** Of the alerts, those withdrawn since they were counted. */
  readonly withdrawn: number;
  /** Alerts about persons, but for those known to be about somebody who was counted before. */
  readonly persons: number;
  /** In the order of the laws. */
  readonly verdicts: readonly VerdictTally[];
}
