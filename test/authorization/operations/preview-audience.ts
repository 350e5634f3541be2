import type { Row } from '../row.js';

/** Who may raise may look before raising. */
export const row: Row = {
  field: 'Query.previewAudience',
  strangers: false,
  roles: ['case-worker', 'liaison'],
  ask: async (scene) => ({
    document:
      'query ($statement: String!) { it: previewAudience(statement: $statement) { __typename ... on Refused { code } } }',
    variables: { statement: await scene.statement() },
  }),
};
