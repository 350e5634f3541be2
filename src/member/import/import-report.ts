import type { CustodianCode } from '../../protocol/custodian/index.js';
import type { LinkageRefusalCode } from '../../protocol/linkage/index.js';
import type { LocalCode } from '../member-error.js';
import type { IdentityCounts } from './identity-tally.js';
import type { Loss } from './loss-tally.js';
import type { RowFault } from './row-mapping.js';

/** What became of an import. It names lines, columns, listed terms and codes; never a value of a person. */
export interface ImportReport {
  readonly format: string;
  readonly source: string;
  /** SHA-256 of the file, base64url. */
  readonly fileHash: string;
  readonly dryRun: boolean;
  /** Rows after the header. */
  readonly rows: number;
  /** Rows that the hub accepted in this run; in a dry run those that it would be sent. */
  readonly accepted: number;
  /** Rows that had been accepted before. */
  readonly acceptedBefore: number;
  readonly refused: readonly RefusedRow[];
  readonly losses: readonly Loss[];
  readonly notes: readonly string[];
  /** What became of the identities; null when none were given. */
  readonly identities: IdentityCounts | null;
  /** Why rows wait for their tokens and were not sent; null when none wait. */
  readonly stopped: StoppedImport | null;
  readonly seconds: number;
}

/** What stopped the making of tokens, and what to do. */
export interface StoppedImport {
  readonly code: CustodianCode | LocalCode | LinkageRefusalCode;
  readonly message: string;
  readonly remedy: string;
  readonly path: readonly string[];
}

/** A row that was refused, here or by the hub. */
export interface RefusedRow extends Omit<RowFault, 'code'> {
  readonly code: string;
  readonly by: 'importer' | 'hub';
}
