import type { JsonStatDataset, NoisyDataset } from '../picture/index.js';
import type { AskedMethod, AskedTable } from './publication-request.js';

/** The format of a publication's document. */
export const PUBLICATION_FORMAT = 'symbolon-publication/1';
/** The format of what is fetched: the document with all that it is verified by. */
export const PUBLISHED_FORMAT = 'symbolon-published/1';

/** A definition under which a publication judges. */
export interface PublishedVariant {
  readonly id: string;
  /** Of the law's reading. */
  readonly version: number;
  readonly citation: string;
  /** ISO 8601, both inclusive; null is open or unknown. */
  readonly valid: { readonly from: string | null; readonly to: string | null };
  /** What it judges by (`definitionHash`). */
  readonly hash: string;
}

/** A law or variant under which a table of a publication judges, with what stands behind it. */
export interface PublishedLaw {
  readonly under: string;
  /** The date on which it is law. */
  readonly on: string;
  readonly variants: readonly PublishedVariant[];
}

/** How the numbers were made safe to show, in figures and in words. */
export interface PublishedRule {
  readonly method: AskedMethod;
  /** What a reader has to know of it, a sentence each, by what it is about. */
  readonly says: Readonly<Record<string, string>>;
  /** The figures of the method, whole numbers: `threshold`, `rounding`. */
  readonly figures: Readonly<Record<string, number>>;
}

/** A table of either method. */
export type PublishedDataset = JsonStatDataset | NoisyDataset;

/** A table as it is published. */
export interface PublishedTable<Dataset extends PublishedDataset = JsonStatDataset> {
  readonly request: AskedTable;
  readonly dataset: Dataset;
}

/** What a publication says (PROTOCOL.md, O4). Its canonical form (RFC 8785) is what is hashed. */
export interface PublicationDocument<Dataset extends PublishedDataset = JsonStatDataset> {
  readonly format: typeof PUBLICATION_FORMAT;
  readonly title: string;
  readonly publisher: { readonly code: string; readonly name: string; readonly country: string; readonly kind: string };
  readonly hub: { readonly audience: string; readonly url: string };
  /** RFC 3339, UTC. */
  readonly publishedAt: string;
  /** When alerts came to be counted last that are in it; null when none is. */
  readonly asOf: string | null;
  /** The payload hash of the statement by which the publisher asked. */
  readonly asked: string;
  /** The hash of the publication that it corrects. */
  readonly replaces: string | null;
  readonly counts: string;
  readonly audience: string;
  readonly source: string;
  readonly caveat: string;
  readonly rule: PublishedRule;
  readonly laws: readonly PublishedLaw[];
  readonly tables: readonly PublishedTable<Dataset>[];
}

/** The body of the hub's `picture-published`. */
export interface PicturePublishedBody {
  /** The hash of the document. */
  readonly document: string;
  /** The member that asked. */
  readonly publisher: string;
  /** The payload hash of the statement by which it asked. */
  readonly asked: string;
  readonly replaces?: string;
}
