import { askedByAnalyst } from '../publishing.js';
import type { Row } from '../row.js';
import { submit } from '../signed-row.js';

/** Publishing is monitoring, by whoever may see the picture. */
export const row: Row = {
  field: 'Mutation.publishPicture',
  strangers: false,
  roles: ['analyst', 'liaison'],
  purposes: ['monitoring'],
  ask: async (scene) => submit('publishPicture', await askedByAnalyst(scene)),
};
