import { askedPermission } from '../obligation-row.js';
import { ALL_ROLES, type Row } from '../row.js';

/** Every officer sees what its member was asked. */
export const row: Row = {
  field: 'Query.permissions',
  strangers: false,
  roles: ALL_ROLES,
  ask: async (scene) => {
    await askedPermission(scene);
    return { document: '{ it: permissions(side: ASKED_OF_ME, first: 3) { edges { node { id } } } }' };
  },
};
