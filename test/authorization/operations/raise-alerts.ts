import type { Row } from '../row.js';

/** As raising one. */
export const row: Row = {
  field: 'Mutation.raiseAlerts',
  strangers: false,
  roles: ['case-worker', 'liaison'],
  ask: async (scene) => ({
    document:
      'mutation ($statements: [SignedStatement!]!) { it: raiseAlerts(statements: $statements) { results { __typename ... on Refused { code } } } }',
    variables: { statements: [await scene.statement()] },
  }),
};
