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
  readonly seconds: number;
}

/** A row that was refused, here or by the hub. */
export interface RefusedRow extends Omit<RowFault, 'code'> {
  readonly code: string;
  readonly by: 'importer' | 'hub';
}
