import { derivedJti } from '../../protocol/index.js';
import type { BatchOutcome } from '../documents/alert-submission.js';
import type { KeyStore } from '../files/key-store.js';
import type { ActingSeat } from '../seats.js';
import { shippedProfile } from '../files/linkage-profile.js';
import { BATCH_LIMIT } from '../member-client.js';
import { IdentityTally } from './identity-tally.js';
import type { ImportReport, RefusedRow, StoppedImport } from './import-report.js';
import { ImportJournal, nameOfRun, type RefusedLine } from './journal.js';
import { LossTally } from './loss-tally.js';
import { mappedRows, type MappedRow, type RowReading, type RowTallies } from './mapped-rows.js';
import type { Patience } from './patience.js';
import { signRows } from './row-signer.js';
import { RowTokenMaker, type TokenSource } from './row-tokens.js';
import { Submission } from './submission.js';

/** Where the alerts go; null in a dry run, which sends and stores nothing. */
export interface Destination {
  readonly store: KeyStore;
  readonly seat: ActingSeat;
  readonly audience: string;
  readonly patience: Patience;
  raiseMany(statements: readonly string[]): Promise<BatchOutcome>;
  /** By what tokens of identities are made; needed when there are any. */
  readonly tokens?: TokenSource;
}

export interface ImportRun extends RowReading {
  readonly destination: Destination | null;
  readonly batchSize?: number;
  /** Told how many rows are done with. */
  readonly onProgress?: (done: number) => void;
}

/** Two batches under way keep the hub busy while the next is signed. */
const BATCHES_IN_FLIGHT = 2;
/** Rows in a batch when tokens are made, which take most of the time: what was done is written down more often. */
const BATCH_WITH_TOKENS = 50;

interface Counts {
  done: number;
  accepted: number;
  acceptedBefore: number;
}

/** What one run counts while it goes on. */
interface Running extends RowTallies {
  readonly refused: RefusedRow[];
  readonly counts: Counts;
}

/**
 * Imports a file: maps each row, makes its tokens when it is known whom it is about, signs it and submits it in batches. A run that broke off goes on where it
 * stopped, because accepted lines stand in a journal; without the journal the hub recognises them by their `jti`. Bad rows are reported and the good ones go
 * through. When custodians answer no more, as when a budget is used up, rows that need no tokens still go through, and the report says why the others wait.
 * Throws `Refusal` when the hub refuses for a reason that every row would meet, `MemberError` HUB_UNREACHABLE when it stays away.
 */
export async function runImport(run: ImportRun): Promise<ImportReport> {
  const begun = Date.now();
  const refused: RefusedRow[] = [];
  const counts: Counts = { done: 0, accepted: 0, acceptedBefore: 0 };
  const losses = new LossTally();
  const identities = run.identities ? new IdentityTally(await shippedProfile()) : null;
  const onRefused: RowTallies['onRefused'] = (faults) => {
    for (const fault of faults) refused.push({ ...fault, by: 'importer' });
    progress(run, counts, { done: 1 });
  };
  const running: Running = { losses, identities, onRefused, refused, counts };
  let stopped: StoppedImport | null = null;
  if (run.destination) stopped = await submitRows(run, run.destination, running);
  else await countRows(run, running);
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
    identities: identities?.counts(run.identities?.rows.unused ?? []) ?? null,
    stopped,
    seconds: (Date.now() - begun) / 1000,
  };
}

async function countRows(run: ImportRun, running: Running): Promise<void> {
  for await (const { line, keys } of mappedRows(run, running)) {
    if (keys) {
      running.identities?.made();
      running.identities?.waits(line, keys);
    }
    progress(run, running.counts, { accepted: 1 });
  }
}

/** Why rows wait for their tokens; null when none do. */
async function submitRows(run: ImportRun, destination: Destination, running: Running): Promise<StoppedImport | null> {
  const { store, seat, audience, patience } = destination;
  const secret = await store.importSecret(seat.member);
  const folder = store.importFolder(seat.member);
  const place = { folder, run: nameOfRun(run.file.hash, audience), seat, patience };
  const maker = destination.tokens ? await RowTokenMaker.open(destination.tokens, place) : null;
  const journal = await ImportJournal.open(folder, run.file.hash, audience);
  const jtiOf = (line: number): string => derivedJti(secret, audience, run.file.hash, String(line));
  const signing = { seat, audience, jtiOf, maker, tally: running.identities };
  const submission = new Submission(
    (statements) => destination.raiseMany(statements),
    journal,
    patience,
    BATCHES_IN_FLIGHT,
    (entry, accepted) => {
      running.refused.push(...entry.refused.map(byHub));
      for (const { line } of entry.refused) maker?.drop(line);
      const rows = accepted + entry.repeated + entry.refused.length;
      progress(run, running.counts, { accepted, acceptedBefore: entry.repeated, done: rows });
    },
  );
  try {
    const size = Math.min(run.batchSize ?? BATCH_LIMIT, maker ? BATCH_WITH_TOKENS : BATCH_LIMIT);
    let batch: MappedRow[] = [];
    for await (const row of mappedRows(run, running)) {
      if (journal.isAccepted(row.line)) {
        progress(run, running.counts, { acceptedBefore: 1 });
        continue;
      }
      batch.push(row);
      if (batch.length < size) continue;
      await submission.add(signRows(batch, signing));
      batch = [];
    }
    if (batch.length > 0) await submission.add(signRows(batch, signing));
    await submission.settle();
  } finally {
    await submission.drain();
    await maker?.close((line) => journal.isAccepted(line));
    await journal.close();
  }
  return maker?.stopped ?? null;
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
