import type { Transaction } from '../../database/index.js';
import type { Principal } from '../../graphql/index.js';
import type { AskedMethod, PublishedDataset, PublishedRule, PublishedTable } from '../../protocol/publication/index.js';
import type { PictureRequest } from '../picture/picture-request.js';

/** A table that is asked for, checked: `asked` is how the statement spells it. */
export interface TableRequest {
  readonly asked: PublishedTable['request'];
  readonly request: PictureRequest;
}

/** What a method made. */
export interface MadeTables {
  /** The day (UTC, ISO 8601) on which alerts came to be counted last that are in it; null when none is. */
  readonly asOf: string | null;
  readonly rule: PublishedRule;
  /** What is counted, and which alerts are in it, in words. */
  readonly counts: string;
  readonly audience: string;
  readonly source: string;
  readonly caveat: string;
  /** In the order of the requests, all of one moment. */
  readonly tables: readonly PublishedTable<PublishedDataset>[];
}

/**
 * A way to make numbers safe to be published. It MUST count nothing but what may be public (`publishable` in table and row-level security): alerts addressed to everyone for monitoring under a handling code that
 * lets them be passed on.
 */
export interface PublicationMethod {
  readonly name: AskedMethod['name'];
  /** Makes the tables; nobody is shown them when the publication fails afterwards. Throws `Refusal`. */
  make(asker: Principal, tables: readonly TableRequest[], method: AskedMethod): Promise<MadeTables>;
  /** What a publication costs (a budget), written in the transaction in which it comes to be, one after another; it fails when this throws. Throws `Refusal`. */
  spend?(transaction: Transaction, asker: Principal, method: AskedMethod): Promise<void>;
}

/** The injection token of all methods, `readonly PublicationMethod[]`. */
export const PUBLICATION_METHODS = Symbol('PUBLICATION_METHODS');
