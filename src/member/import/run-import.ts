import { derivedJti, Refusal, type AlertContent } from '../../protocol/index.js';
import { signRaised } from '../alert-statements.js';
import { checkContent } from '../content-check.js';
import type { BatchOutcome } from '../documents/alert-submission.js';
import type { KeyStore, OfficerSeat } from '../key-store.js';
import { BATCH_LIMIT } from '../member-client.js';
import { readRows, type SourceFile, type SourceRow } from './csv-rows.js';
import type { ImportReport, RefusedRow } from './import-report.js';
import { ImportJournal, type RefusedLine } from './journal.js';
import { LossTally } from './loss-tally.js';
import type { Patience } from './patience.js';
import { isFaults, type RowFault, type RowMapper } from './row-mapping.js';
import { Submission, type SignedRow } from './submission.js';

/** What every alert of an import has in common. */
export type CommonContent = Pick<
  AlertContent,
  'kind' | 'legalBasis' | 'handling' | 'evaluation' | 'expires' | 'nationalCodes'
>;

/** Where the alerts go; null in a dry run, which sends and stores nothing. */
export interface Destination {
  readonly store: KeyStore;
  readonly seat: OfficerSeat;
  readonly audience: string;
  readonly patience: Patience;
  raiseMany(statements: readonly string[]): Promise<BatchOutcome>;
}

export interface ImportRun {
  readonly file: SourceFile;
  readonly mapper: RowMapper;
  readonly common: CommonContent;
  readonly destination: Destination | null;
  readonly batchSize?: number;
  /** Told how many rows are done with. */
  readonly onProgress?: (done: number) => void;
}

/** Two batches under way keep the hub busy while the next is signed. */
const BATCHES_IN_FLIGHT = 2;

interface Counts {
  done: number;
  accepted: number;
  acceptedBefore: number;
}

interface MappedRow {
  readonly line: number;
  readonly content: AlertContent;
}

/**
 * Imports a file: maps each row, signs it and submits it in batches. A run that broke off goes on where it stopped, because accepted
 * lines stand in a journal; without the journal the hub recognises them by their `jti`. Bad rows are reported and the good ones go through.
 * Throws `Refusal` when the hub refuses for a reason that every row would meet, `MemberError` HUB_UNREACHABLE when it stays away.
 */
export async function runImport(run: ImportRun): Promise<ImportReport> {
  const begun = Date.now();
  const losses = new LossTally();
  const refused: RefusedRow[] = [];
  const counts: Counts = { done: 0, accepted: 0, acceptedBefore: 0 };
  if (run.destination) await submitRows(run, run.destination, losses, refused, counts);
  else await countRows(run, losses, refused, counts);
  return {
    format: run.mapper.format,
    source: run.mapper.source,
    fileHash: run.file.hash,
    dryRun: run.destination === null,
    rows: run.file.rows,
    accepted: counts.accepted,
    acceptedBefore: counts.acceptedBefore,
    refused: refused.sort((a, b) => a.line - b.line),
    losses: losses.list(),
    notes: run.mapper.notes,
    seconds: (Date.now() - begun) / 1000,
  };
}

async function countRows(run: ImportRun, losses: LossTally, refused: RefusedRow[], counts: Counts): Promise<void> {
  const rows = mappedRows(run, losses, refused, counts);
  while (!(await rows.next()).done) progress(run, counts, { accepted: 1 });
}

async function submitRows(
  run: ImportRun,
  destination: Destination,
  losses: LossTally,
  refused: RefusedRow[],
  counts: Counts,
): Promise<void> {
  const { store, seat, audience, patience } = destination;
  const secret = await store.importSecret(seat.member);
  const journal = await ImportJournal.open(store.importFolder(seat.member), run.file.hash, audience);
  const sign = ({ line, content }: MappedRow): Promise<SignedRow> =>
    signRow(content, line, { seat, audience, jti: derivedJti(secret, audience, run.file.hash, String(line)) });
  const submission = new Submission(
    (statements) => destination.raiseMany(statements),
    journal,
    patience,
    BATCHES_IN_FLIGHT,
    (entry, accepted) => {
      refused.push(...entry.refused.map(byHub));
      const rows = accepted + entry.repeated + entry.refused.length;
      progress(run, counts, { accepted, acceptedBefore: entry.repeated, done: rows });
    },
  );
  try {
    const size = run.batchSize ?? BATCH_LIMIT;
    let batch: MappedRow[] = [];
    for await (const row of mappedRows(run, losses, refused, counts)) {
      if (journal.isAccepted(row.line)) {
        progress(run, counts, { acceptedBefore: 1 });
        continue;
      }
      batch.push(row);
      if (batch.length < size) continue;
      await submission.add(Promise.all(batch.map(sign)));
      batch = [];
    }
    if (batch.length > 0) await submission.add(Promise.all(batch.map(sign)));
    await submission.settle();
  } finally {
    await submission.drain();
    await journal.close();
  }
}

async function signRow(
  content: AlertContent,
  line: number,
  signing: { readonly seat: OfficerSeat; readonly audience: string; readonly jti: string },
): Promise<SignedRow> {
  return { line, statement: await signRaised(content, signing) };
}

/** The rows that say something acceptable; the others are added to `refused`. */
async function* mappedRows(
  run: ImportRun,
  losses: LossTally,
  refused: RefusedRow[],
  counts: Counts,
): AsyncGenerator<MappedRow> {
  for await (const row of readRows(run.file)) {
    const outcome = mapRow(run, row, losses);
    if (outcome.content) {
      yield { line: row.line, content: outcome.content };
      continue;
    }
    for (const fault of outcome.faults) refused.push({ ...fault, by: 'importer' });
    progress(run, counts, { done: 1 });
  }
}

type Outcome = { readonly content: AlertContent } | { readonly content: null; readonly faults: readonly RowFault[] };

function mapRow(run: ImportRun, row: SourceRow, losses: LossTally): Outcome {
  const structural = structuralFaults(row, run.file.header);
  if (structural.length > 0) return { content: null, faults: structural };
  const said = run.mapper.map(row, losses);
  if (isFaults(said)) return { content: null, faults: said };
  try {
    return { content: checkContent({ ...run.common, ...said }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const reason = `${error.message} (${error.path.join('.')})`;
    return { content: null, faults: [{ line: row.line, column: null, code: error.code, reason }] };
  }
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

function byHub({ line, code, path, message }: RefusedLine): RefusedRow {
  return { line, column: null, code, reason: `${message} (${path.join('.')})`, by: 'hub' };
}

function progress(run: ImportRun, counts: Counts, change: Partial<Counts>): void {
  counts.accepted += change.accepted ?? 0;
  counts.acceptedBefore += change.acceptedBefore ?? 0;
  counts.done += change.done ?? 1;
  run.onProgress?.(counts.done);
}
