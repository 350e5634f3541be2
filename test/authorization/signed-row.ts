import type { Question, Row, Standing } from './row.js';
import { ALL_ROLES } from './row.js';
import type { Scene } from './scene.js';

/** The row of an operation whose permission is the signature on the statement: anybody may send it. */
export function signedRow(
  name: string,
  sign: (scene: Scene, standing: Standing) => Promise<string>,
  answers: NonNullable<Row['signers']>['answers'],
): Row {
  return {
    field: `Mutation.${name}`,
    strangers: true,
    roles: ALL_ROLES,
    ask: async (scene) => submit(name, await sign(scene, 'active')),
    signers: { sign, answers },
  };
}

/** The mutation that submits one statement. */
export function submit(name: string, statement: string): Question {
  return {
    document: `mutation ($statement: SignedStatement!) { it: ${name}(statement: $statement) { __typename ... on Refused { code message path remedy } } }`,
    variables: { statement },
  };
}
