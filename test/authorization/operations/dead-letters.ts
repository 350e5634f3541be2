import type { Row } from '../row.js';

/** Whoever reads the inbox sees what was refused of it. */
export const row: Row = {
  field: 'Query.deadLetters',
  strangers: false,
  roles: ['case-worker', 'liaison', 'analyst'],
  ask: () => ({ document: '{ it: deadLetters(first: 3) { edges { node { seq } } } }' }),
};
