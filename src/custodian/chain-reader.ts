import { open } from 'node:fs/promises';
import {
  CHAIN_START,
  commitmentOf,
  follows,
  type ChainLine,
  type ChainRecord,
  type EntryDetail,
} from './chain-entry.js';
import { CustodianError } from './custodian-error.js';
import { isRecord } from './sealed-text.js';

/** Hears of each entry of a chain, in order, with the byte at which its line begins. */
export type Listener = (entry: EntryDetail, record: ChainRecord, start: number) => void;

/** Reads the file of a chain from its beginning and verifies every line. */
export class ChainReader {
  /** The last line that verified. */
  head: Pick<ChainLine, 'seq' | 'hash'> = CHAIN_START;
  /** Where the last whole line ends. */
  bytes = 0;

  /** Throws `CustodianError` BROKEN_STATE when a line does not verify. A last line without its end is left aside. */
  async read(path: string, listen: Listener): Promise<void> {
    const file = await open(path, 'r');
    const { size } = await file.stat();
    // The stream closes the file.
    for await (const text of file.readLines()) {
      const end = this.bytes + Buffer.byteLength(text) + 1;
      if (end <= size) this.take(text, listen);
    }
  }

  private take(text: string, listen: Listener): void {
    const record = parseRecord(text);
    if (!record || !follows(record, this.head) || record.commitment !== commitmentOf(record.salt, record.detail))
      throw broken(this.head.seq + 1);
    // Parsing: the commitment says that the custodian wrote it.
    const entry = JSON.parse(record.detail) as EntryDetail;
    if (entry.kind !== record.kind) throw broken(record.seq);
    listen(entry, record, this.bytes);
    this.head = record;
    this.bytes += Buffer.byteLength(text) + 1;
  }
}

/** Reads one line of a chain; null when it is none. */
export function parseRecord(text: string): ChainRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value)) return null;
  const { seq, at, kind, commitment, prev, hash, salt, detail } = value;
  const isKnown = kind === 'evaluated' || kind === 'refused' || kind === 'granted' || kind === 'epoch';
  if (typeof seq !== 'number' || typeof at !== 'number' || !isKnown) return null;
  if (typeof commitment !== 'string' || typeof prev !== 'string' || typeof hash !== 'string') return null;
  if (typeof salt !== 'string' || typeof detail !== 'string') return null;
  return { seq, at, kind, commitment, prev, hash, salt, detail };
}

function broken(seq: number): CustodianError {
  return new CustodianError(
    'BROKEN_STATE',
    `The chain does not verify at line ${seq}.`,
    'Somebody or something changed it. Keep the file, tell the other custodians, and restore it from your backup.',
  );
}
