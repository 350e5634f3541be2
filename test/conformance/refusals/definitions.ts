import { VariantRegister } from '../../../src/ontology/index.js';
import type { Provocation } from './provocation.js';

/** A case as a node of other definitions enters it. */
const OF_OTHERS = `
  INSERT INTO judged_case (hash, facts, present, revision, met, undetermined)
  VALUES (sha256('of others'), '{"present": [], "absent": [], "oneOf": []}', '{}', $1, '{}', '{}')`;

/** Refusals while definitions change. */
export const DEFINITIONS: readonly Provocation[] = [
  {
    code: 'VERDICTS_INCOMPLETE',
    by: 'finding alerts by their verdict while cases lack it, and another node is at it',
    path: ['filter', 'verdict'],
    ask: async (stage) => {
      const { revision } = stage.hub.app.get(VariantRegister);
      await stage.holdLock(`hashtext('symbolon rejudging'), hashtext('${revision.toString('hex')}')`);
      await stage.sql(OF_OTHERS, [Buffer.from('others')]);
      return {
        document: '{ alerts(first: 5, filter: { verdict: { under: "NL", anyOf: [MET] } }) { edges { cursor } } }',
      };
    },
  },
];
