import {
  exportedTable as readTable,
  type ExportedTable,
  type PictureQuestion,
  type PictureTableAnswer,
  TableFault,
} from '../../protocol/picture/index.js';
import { MemberError } from '../member-error.js';

const CODES = { NOT_UNDERSTOOD: 'NOT_UNDERSTOOD', TOO_LARGE: 'BAD_INPUT' } as const;

/** Reads an answer as a table to be exported. Throws `MemberError` NOT_UNDERSTOOD when it does not answer the question. */
export function exportedTable(question: PictureQuestion, answer: PictureTableAnswer): ExportedTable {
  return readingTable(() => readTable(question, answer));
}

/** Runs what writes a table, and says its faults as the member's programs do. Throws `MemberError`: NOT_UNDERSTOOD, BAD_INPUT when the table is too large. */
export function readingTable<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof TableFault)) throw error;
    throw new MemberError(CODES[error.code], error.message, error.remedy);
  }
}
