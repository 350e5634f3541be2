import type { Identity, LinkageRefusalCode } from '../../protocol/linkage/index.js';
import { readGivenIdentity } from '../files/identity-file.js';
import { IdentityRefusal } from '../identity-refusal.js';
import { MemberError } from '../member-error.js';
import { inspectFile, readRows, type SourceFile, type SourceRow } from './csv-rows.js';
import { identityColumns, recordOf, type IdentityColumn } from './identity-columns.js';

/** Why an identity cannot be read: where and why, never what stands there. */
export interface IdentityFault {
  /** The line in the file of identities. */
  readonly line: number;
  /** The field at fault, such as `birthDate`; null when it is the whole line. */
  readonly field: string | null;
  readonly code: LinkageRefusalCode | 'RAGGED_ROW' | 'BAD_ENCODING' | 'IDENTITY_AMBIGUOUS';
  readonly reason: string;
}

/** What the file of identities says of a case. */
export type IdentityOfCase =
  | { readonly kind: 'none' }
  | { readonly kind: 'identity'; readonly identity: Identity }
  | { readonly kind: 'faulty'; readonly fault: IdentityFault };

type Entry = { readonly line: number } & IdentityOfCase;

/** Identities by the ids of their cases, from a CSV file that stays at the member. Nothing here names a person but `identity`. */
export class IdentityRows {
  private readonly asked = new Set<string>();

  private constructor(
    private readonly entries: ReadonlyMap<string, Entry>,
    /** Lines that name no case. */
    private readonly nameless: readonly number[],
  ) {}

  /** Reads a file. Throws `MemberError` BAD_INPUT, without anything that stands in it. A faulty line is found out when its case is asked for. */
  static async read(path: string): Promise<IdentityRows> {
    const file = await inspect(path);
    const columns = identityColumns(file.header);
    const entries = new Map<string, Entry>();
    const nameless: number[] = [];
    for await (const row of readRows(file)) {
      const { caseId, entry } = entryOf(row, columns);
      if (caseId === '') nameless.push(row.line);
      else entries.set(caseId, entries.has(caseId) ? ambiguous(row.line) : entry);
    }
    return new IdentityRows(entries, nameless);
  }

  /** What the file says of a case. A case that has several rows is one person in each. */
  of(caseId: string): IdentityOfCase {
    const entry = this.entries.get(caseId.trim());
    if (!entry) return { kind: 'none' };
    this.asked.add(caseId.trim());
    return entry;
  }

  /** The lines that no case asked for until now: their ids may be misspelt. */
  get unused(): readonly number[] {
    const left = [...this.entries].filter(([caseId]) => !this.asked.has(caseId)).map(([, { line }]) => line);
    return [...this.nameless, ...left].sort((a, b) => a - b);
  }
}

/** As `inspectFile`, but the path of its errors is left out: a file without a header has a person where columns are named. */
async function inspect(path: string): Promise<SourceFile> {
  try {
    return await inspectFile(path);
  } catch (error) {
    if (!(error instanceof MemberError)) throw error;
    throw new MemberError(error.code, `The identities: ${error.message}`, error.remedy, ['identities']);
  }
}

function entryOf(row: SourceRow, columns: readonly IdentityColumn[]): { caseId: string; entry: Entry } {
  const { line, cells } = row;
  const { caseId, record } = recordOf(columns, cells);
  const faulty = (fault: Omit<IdentityFault, 'line'>): { caseId: string; entry: Entry } => ({
    caseId,
    entry: { line, kind: 'faulty', fault: { line, ...fault } },
  });
  if (cells.length !== columns.length)
    return faulty({ field: null, code: 'RAGGED_ROW', reason: 'The line has more or fewer cells than the header.' });
  if (cells.some((cell) => cell.includes('\uFFFD')))
    return faulty({ field: null, code: 'BAD_ENCODING', reason: 'The line is not UTF-8.' });
  if (record === null) return { caseId, entry: { line, kind: 'none' } };
  try {
    return { caseId, entry: { line, kind: 'identity', identity: readGivenIdentity(record).identity } };
  } catch (error) {
    if (!(error instanceof IdentityRefusal)) throw error;
    const field = error.path.slice(1).join('.');
    return faulty({ field: field === '' ? null : field, code: error.code, reason: error.message });
  }
}

function ambiguous(line: number): Entry {
  const reason = 'Several lines name this case, and nothing says which is right.';
  return { line, kind: 'faulty', fault: { line, field: 'caseId', code: 'IDENTITY_AMBIGUOUS', reason } };
}
