import { publishing } from '../publishing.js';
import type { Row } from '../row.js';
import { ALL_ROLES } from '../row.js';

/** What was published is for anybody. */
export const row: Row = {
  field: 'Query.publication',
  strangers: true,
  roles: ALL_ROLES,
  ask: async (scene) => {
    const { url } = scene.hub;
    const { publications } = (await (await fetch(`${url}/publications`)).json()) as {
      publications: { hash: string }[];
    }; // parsing
    const hash = publications[0]?.hash ?? (await publishing(scene));
    return { document: 'query ($hash: Hash!) { it: publication(hash: $hash) { hash } }', variables: { hash } };
  },
};
