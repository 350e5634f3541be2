import type { PictureQuestion, PictureTableAnswer } from '../documents/picture.js';
import { csvOnTheWeb, pictureCsv } from './picture-csv.js';
import { pictureJsonStat } from './picture-json-stat.js';
import { pictureSdmx } from './picture-sdmx.js';

/** The formats in which a table can be had. */
export const TABLE_FORMATS = ['csv', 'json-stat', 'sdmx'] as const;

export type TableFormat = (typeof TABLE_FORMATS)[number];

/** A file of a table. */
export interface TableFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

/** What a file of a format is called when nobody calls it otherwise. */
export function fileNameOf(table: string, format: TableFormat): string {
  return `${table}${{ csv: '.csv', 'json-stat': '.json', sdmx: '.sdmx.csv' }[format]}`;
}

/** The files of a table in a format, itself first, then what describes it. Throws `MemberError` NOT_UNDERSTOOD, BAD_INPUT. */
export function filesOf(
  format: TableFormat,
  name: string,
  question: PictureQuestion,
  answer: PictureTableAnswer,
): TableFile[] {
  switch (format) {
    case 'csv':
      return [
        { name, mediaType: 'text/csv', text: pictureCsv(question, answer) },
        {
          name: `${name}-metadata.json`,
          mediaType: 'application/csvm+json',
          text: csvOnTheWeb(question, answer, name.replace(/^.*[/\\]/, '')),
        },
      ];
    case 'json-stat':
      return [{ name, mediaType: 'application/json', text: pictureJsonStat(question, answer) }];
    case 'sdmx':
      return [{ name, mediaType: 'application/vnd.sdmx.data+csv; version=2.0.0', text: pictureSdmx(question, answer) }];
  }
}
