import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { PictureQuestion, PictureTableAnswer } from '../documents/picture.js';
import { measureColumn, measuresOf } from '../../protocol/picture/index.js';
import type { TableFile } from './table-formats.js';
import type { SetTable, TableSet } from './table-sets.js';

/** A table of a set as it was asked, answered and written. */
export interface AnsweredTable {
  readonly table: SetTable;
  readonly question: PictureQuestion;
  readonly answer: PictureTableAnswer;
  readonly files: readonly TableFile[];
}

/** What a folder of tables holds. */
export type SetIndex = ReturnType<typeof setIndex>;

/** The index of a set: what each table is, what was asked, and the SHA-256 (hexadecimal) of each of its files; `law` is what the set was to be judged under. */
export function setIndex(set: TableSet, law: string | null, answered: readonly AnsweredTable[]) {
  const [counted, ...others] = new Set(answered.map(({ answer }) => answer.asOf));
  return {
    ...{
      set: set.name,
      title: set.title,
      about: set.about,
      counts: 'alerts, and beside the core at most how many persons they are about',
      law,
    },
    // More alerts may come to be counted while the tables are asked.
    asOf: others.length === 0 ? (counted ?? null) : 'not the same for all tables',
    source: answered[0]?.answer.source ?? null,
    caveat: answered[0]?.answer.caveat ?? null,
    tables: answered.map(({ table: { name, title, unit, mirrors }, question, answer, files }) => ({
      ...{ name, title, unit, mirrors, ictip: null, question },
      ...(law !== null && question.under.length === 0
        ? {
            notJudged:
              'Verdicts are not counted together with this breakdown: put together they would show few persons.',
          }
        : {}),
      ...{ asOf: answer.asOf, threshold: answer.threshold, rounding: answer.rounding, lawsOn: answer.onDate },
      measures: measuresOf(question.under, answer).map(measureColumn),
      rows: answer.rows.length,
      rowsTooSmall: answer.rows.filter(({ alerts }) => alerts.count === null).length,
      files: files.map((file) => {
        const bytes = new TextEncoder().encode(file.text);
        return { file: file.name, mediaType: file.mediaType, bytes: bytes.length, sha256: bytesToHex(sha256(bytes)) };
      }),
    })),
    notAvailable: set.notAvailable,
  };
}
