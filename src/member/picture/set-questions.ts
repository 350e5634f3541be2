import type { PictureQuestion } from '../documents/picture.js';
import type { SetTable } from './table-sets.js';

/** What the shared picture counts together; of what stands beside, one thing at a time can be asked (schema/graphql/picture.graphql). */
const CORE = [
  ...['MONTH', 'QUARTER', 'YEAR', 'ORIGIN', 'ORIGIN_REGION', 'EXPLOITATION', 'EXPLOITATION_REGION'],
  ...['PURPOSE', 'GENDER', 'AGE_BAND'],
];

/** Whether conditions on a dimension can be asked beside every table. */
export function isOfTheCore(dimension: string): boolean {
  return CORE.includes(dimension);
}

/** What a table of a set asks: what is asked of all tables, by its own dimensions, and under the law only where verdicts are counted together with them. */
export function questionOf({ by }: SetTable, asked: Omit<PictureQuestion, 'by'>): PictureQuestion {
  const isJudged = by.every((one) => isOfTheCore(one) || one === 'MEANS');
  return { ...asked, by, under: isJudged ? asked.under : [] };
}
