import type { AlertContent, RefusalCode } from '../../protocol/index.js';
import type { LossTally } from './loss-tally.js';
import type { SourceRow } from './csv-rows.js';
import type { IdentityFault } from './identity-rows.js';

/** Why a row is refused: place and reason, never the value. */
export interface RowFault {
  readonly line: number;
  /** The column at fault; null when it is the whole row. */
  readonly column: string | null;
  readonly code: RefusalCode | 'RAGGED_ROW' | 'BAD_ENCODING' | 'UNKNOWN_VALUE' | IdentityFault['code'];
  readonly reason: string;
}

/** What a row says, in our terms; what the whole import has in common is added later. */
export type RowContent = Pick<AlertContent, 'person' | 'episode' | 'facts' | 'identification'>;

/** Reads the rows of one standard. */
export interface RowMapper {
  /** What the file is, for the report. */
  readonly format: string;
  /** Where the standard is described and what its use asks for. */
  readonly source: string;
  /** What was decided about the meaning of columns, one sentence each, for the report. */
  readonly notes: readonly string[];
  /** The row's content, or why it is refused. What cannot be said in our terms is added to `losses`. */
  map(row: SourceRow, losses: LossTally): RowContent | readonly RowFault[];
}

/** How the columns that are proxies are to be read. */
export interface ProxyOptions {
  /** What the column of the country of exploitation holds. */
  readonly exploitationCountryIs: 'exploitation' | 'first-identification';
  /** What the column of the age holds. */
  readonly ageIs: 'exploitation' | 'registration';
  /** What the column of the year holds. */
  readonly yearIs: 'episode-start' | 'registration';
}

/** Whether a mapping ended in faults. */
export function isFaults(outcome: RowContent | readonly RowFault[]): outcome is readonly RowFault[] {
  return Array.isArray(outcome);
}
