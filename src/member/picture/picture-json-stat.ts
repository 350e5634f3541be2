import { jsonStatDataset, type PictureQuestion, type PictureTableAnswer } from '../../protocol/picture/index.js';
import { readingTable } from './table-reading.js';

/** A table of the picture as the text of a JSON-stat 2.0 dataset. Throws `MemberError` NOT_UNDERSTOOD; BAD_INPUT when the cube is too large. */
export function pictureJsonStat(question: PictureQuestion, answer: PictureTableAnswer): string {
  return `${JSON.stringify(readingTable(() => jsonStatDataset(question, answer)))}\n`;
}
