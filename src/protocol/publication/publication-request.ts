import type { PrivateMethod } from './private-method.js';

/** A table that is asked for: what is asked of the picture, in the spelling of its schema. What is left out restricts nothing. */
export interface AskedTable {
  /** Dimensions, such as `AGE_BAND`. */
  readonly by?: readonly string[];
  /** Laws or variants. */
  readonly under?: readonly string[];
  readonly where?: readonly { readonly dimension: string; readonly anyOf: readonly string[] }[];
  /** A year or a month. */
  readonly from?: string;
  readonly until?: string;
}

/** Whole pieces of the picture (D2). */
export interface PiecesMethod {
  readonly name: 'pieces';
}

/** How the numbers are to be made safe to show. */
export type AskedMethod = PiecesMethod | PrivateMethod;

/** The name of a method, as statements and documents spell it. */
export type PublicationMethodName = AskedMethod['name'];

/** The body of `publication-asked`, as `schema/publication` describes it. */
export interface PublicationAskedBody {
  readonly title: string;
  readonly method: AskedMethod;
  readonly tables: readonly AskedTable[];
  /** The date on which the laws are law, ISO 8601; the day of publication when it is left out. */
  readonly lawsOn?: string;
  /** The hash of the publication of the same member that it corrects. */
  readonly replaces?: string;
}

/** The bodies of statements about publications that members sign. */
export interface PublicationBodies {
  readonly publicationAsked: PublicationAskedBody;
}

/** The most tables of a publication: each of the ready sets fits. */
export const MOST_PUBLISHED_TABLES = 16;
