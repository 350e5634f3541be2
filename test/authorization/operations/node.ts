import { ALL_ROLES, type Row } from '../row.js';

const DOCUMENT =
  'query ($id: ID!) { it: node(id: $id) { __typename id ... on Alert { statement } ... on Member { name } } }';

/** Every officer may ask for members by id; alerts come under the rule of the operation `alert`. */
export const row: Row = {
  field: 'Query.node',
  strangers: false,
  roles: ALL_ROLES,
  ask: () => ({ document: DOCUMENT, variables: { id: 'member:al-ngo' } }),
  things: {
    ask: (_, id) => ({ document: DOCUMENT, variables: { id } }),
    answers: { own: 'given', readable: 'given', foreign: 'nothing', unknown: 'nothing' },
    except: { administrator: { own: 'nothing', readable: 'nothing' } },
  },
};
