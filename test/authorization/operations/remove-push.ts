import type { Row } from '../row.js';

/** Whoever may set a stream up may end it. */
export const row: Row = {
  field: 'Mutation.removePush',
  strangers: false,
  roles: ['liaison'],
  ask: () => ({ document: 'mutation { it: removePush { __typename ... on Refused { code } } }' }),
};
