import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';

const ROOT = join('src', 'console');
const SDL = join('schema', 'graphql');
const schema = buildSchema(
  readdirSync(SDL)
    .map((file) => readFileSync(join(SDL, file), 'utf8').replace(/^type Mutation$/m, 'type Mutation { none: Boolean }'))
    .join('\n'),
);
const DOCUMENT = /^(query|mutation|subscription) /;
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' });

/** Documents in files of their own, by their export; and those that stand in a component as a whole. */
async function documents(): Promise<readonly (readonly [string, string])[]> {
  const found: [string, string][] = [];
  for (const file of files.filter((one) => /documents\.ts$/.test(one))) {
    const exported: Record<string, unknown> = await import(pathToFileURL(resolve(ROOT, file)).href);
    for (const [name, value] of Object.entries(exported))
      if (typeof value === 'string' && DOCUMENT.test(value)) found.push([`${file} ${name}`, value]);
  }
  for (const file of files.filter((one) => /\.tsx?$/.test(one) && !/documents\.ts$/.test(one))) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const [, quoted, templated] of text.matchAll(/'([^'\n]+)'|`((?:[^`$]|\$(?!\{))+)`/g)) {
      const document = quoted ?? templated ?? '';
      if (DOCUMENT.test(document)) found.push([file, document]);
    }
  }
  return found;
}

describe('the documents that the console sends', () => {
  it('ask only what the SDL has', async () => {
    const all = await documents();
    expect(all.length).toBeGreaterThan(5);
    for (const [where, document] of all)
      expect({ where, wrong: validate(schema, parse(document)).map(({ message }) => message) }).toEqual({
        ...{ where, wrong: [] },
      });
  });
});
