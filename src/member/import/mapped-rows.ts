import { Refusal, type AlertContent } from '../../protocol/index.js';
import type { LinkageKey } from '../../protocol/linkage/index.js';
import { checkContent } from '../files/content-check.js';
import { readRows, type SourceFile, type SourceRow } from './csv-rows.js';
import type { IdentityFault, IdentityRows } from './identity-rows.js';
import type { IdentityTally } from './identity-tally.js';
import type { LossTally } from './loss-tally.js';
import { isFaults, type RowFault, type RowMapper } from './row-mapping.js';

/** What every alert of an import has in common. */
export type CommonContent = Pick<
  AlertContent,
  'kind' | 'legalBasis' | 'handling' | 'evaluation' | 'expires' | 'nationalCodes'
>;

/** Whose cases they are: a column of the file names cases, and a second file says who they are about. */
export interface CaseIdentities {
  readonly rows: IdentityRows;
  /** The place of the column of case ids. It is read for this alone, and never goes into an alert. */
  readonly column: number;
}

/** What rows are made into content with. */
export interface RowReading {
  readonly file: SourceFile;
  readonly mapper: RowMapper;
  readonly common: CommonContent;
  readonly identities?: CaseIdentities | null;
}

/** A row that says something acceptable. */
export interface MappedRow {
  readonly line: number;
  readonly content: AlertContent;
  /** The keys of the person whom it is about; null when it goes without tokens. */
  readonly keys: readonly LinkageKey[] | null;
}

/** Where what was read besides is counted. */
export interface RowTallies {
  readonly losses: LossTally;
  readonly identities: IdentityTally | null;
  readonly onRefused: (faults: readonly RowFault[]) => void;
}

/** The rows that say something acceptable; the faults of the others are told. */
export async function* mappedRows(reading: RowReading, tallies: RowTallies): AsyncGenerator<MappedRow> {
  for await (const row of readRows(reading.file)) {
    const outcome = mapRow(reading, row, tallies);
    if (isMapped(outcome)) yield outcome;
    else tallies.onRefused(outcome);
  }
}

function isMapped(outcome: MappedRow | readonly RowFault[]): outcome is MappedRow {
  return !Array.isArray(outcome);
}

function mapRow(reading: RowReading, row: SourceRow, tallies: RowTallies): MappedRow | readonly RowFault[] {
  const { file, mapper, common, identities } = reading;
  const { line } = row;
  const structural = structuralFaults(row, file.header);
  if (structural.length > 0) return structural;
  const said = mapper.map(identities ? withoutCaseId(row, identities) : row, tallies.losses);
  if (isFaults(said)) return said;
  let content: AlertContent;
  try {
    content = checkContent({ ...common, ...said });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [{ line, column: null, code: error.code, reason: `${error.message} (${error.path.join('.')})` }];
  }
  if (!identities || !tallies.identities) return { line, content, keys: null };
  const found = identities.rows.of(row.cells[identities.column] ?? '');
  if (found.kind === 'faulty') return [identityFault(line, found.fault)];
  const identity = found.kind === 'identity' ? found.identity : null;
  return { line, content, keys: tallies.identities.keysOf(line, identity) };
}

/** To the mapper the cell of the case id is empty, whatever its column is called. */
function withoutCaseId({ line, cells }: SourceRow, { column }: CaseIdentities): SourceRow {
  return { line, cells: cells.map((cell, at) => (at === column ? '' : cell)) };
}

function identityFault(line: number, { line: there, field, code, reason }: IdentityFault): RowFault {
  const column = field === null ? null : `identity ${field}`;
  return { line, column, code, reason: `${reason} (line ${there} of the identities)` };
}

function structuralFaults({ line, cells }: SourceRow, header: readonly string[]): RowFault[] {
  if (cells.length !== header.length) {
    const reason = `The row has ${cells.length} cells, and the header has ${header.length}.`;
    return [{ line, column: null, code: 'RAGGED_ROW', reason }];
  }
  return cells.flatMap((cell, i): RowFault[] =>
    // What was not UTF-8 was read as U+FFFD (Unicode 15, §3.9).
    cell.includes('\uFFFD')
      ? [{ line, column: header[i] ?? null, code: 'BAD_ENCODING', reason: 'The cell is not UTF-8.' }]
      : [],
  );
}
