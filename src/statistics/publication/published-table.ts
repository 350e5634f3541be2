import { EVENTS, Refusal } from '../../protocol/index.js';
import { jsonStatDataset, type PictureTableAnswer, TableFault } from '../../protocol/picture/index.js';
import type { PublishedTable } from '../../protocol/publication/index.js';
import type { TableRequest } from './publication-method.js';

/** A table as it is published, with the dataset made of what was answered. Throws `Refusal` OVERSIZED when its cube has too many cells. */
export function publishedTable({ asked, request }: TableRequest, answer: PictureTableAnswer): PublishedTable {
  try {
    return { request: asked, dataset: jsonStatDataset({ ...request, language: 'en' }, answer) };
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
