import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import * as documents from '../../../src/console/definitions/documents.js';

const folder = join('schema', 'graphql');
const schema = buildSchema(
  readdirSync(folder)
    .map((file) =>
      readFileSync(join(folder, file), 'utf8').replace(/^type Mutation$/m, 'type Mutation { none: Boolean }'),
    )
    .join('\n'),
);

it.each(Object.entries(documents))('%s is valid by the contract', (_, document) => {
  expect(validate(schema, parse(document))).toEqual([]);
});
