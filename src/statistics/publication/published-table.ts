import { EVENTS, Refusal } from '../../protocol/index.js';
import { jsonStatDataset, type PictureTableAnswer, TableFault } from '../../protocol/picture/index.js';
import type { PublishedTable } from '../../protocol/publication/index.js';
import type { TableRequest } from './publication-method.js';

/** The most cells of all tables together: more would make a longer document than is published, and keep the hub from answering others. */
const MOST_CELLS = 400_000;

/** Tables as they are published, each with the dataset made of what was answered. Throws `Refusal` OVERSIZED when their cubes have too many cells. */
export function publishedTables(
  answered: readonly { readonly one: TableRequest; readonly answer: PictureTableAnswer }[],
): PublishedTable[] {
  let left = MOST_CELLS;
  return answered.map(({ one, answer }) => {
    const table = publishedTable(one, answer, left);
    left -= table.dataset.value.length;
    return table;
  });
}

function publishedTable(
  { asked, request }: TableRequest,
  answer: PictureTableAnswer,
  mostCells: number,
): PublishedTable {
  try {
    return { request: asked, dataset: jsonStatDataset({ ...request, language: 'en' }, answer, mostCells) };
  } catch (error) {
    if (!(error instanceof TableFault) || error.code !== 'TOO_LARGE') throw error;
    throw tooLarge();
  }
}

/** The refusal of what is larger than a publication may be. */
export function tooLarge(): Refusal {
  return new Refusal(
    'OVERSIZED',
    'The publication would be larger than the hub publishes.',
    'Name fewer tables, dimensions or laws, or conditions and a period.',
    ['events', EVENTS.publicationAsked, 'tables'],
  );
}
