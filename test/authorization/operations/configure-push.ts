import type { Row } from '../row.js';

/** Only a liaison officer has an inbox delivered to somewhere else; an administrator reads no alert, and so sends none anywhere. */
export const row: Row = {
  field: 'Mutation.configurePush',
  strangers: false,
  roles: ['liaison'],
  ask: () => ({
    document: `mutation { it: configurePush(endpoint: "https://127.0.0.1:9/") { __typename ... on Refused { code } } }`,
  }),
};
