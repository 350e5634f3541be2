import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, findBreakingChanges, type GraphQLSchema } from 'graphql';

const SDL = new URL('../../schema/graphql/', import.meta.url);

function present(): GraphQLSchema {
  const files = readdirSync(SDL).filter((name) => name.endsWith('.graphql'));
  return buildSchema(files.map((name) => readFileSync(new URL(name, SDL), 'utf8')).join('\n'));
}

/** `released.graphql.txt` is what members build on. It grows when something is released and loses nothing. */
function released(): string {
  return readFileSync(new URL('released.graphql.txt', import.meta.url), 'utf8');
}

describe('the GraphQL contract', () => {
  it('takes nothing back that was released', () => {
    expect(findBreakingChanges(buildSchema(released()), present())).toEqual([]);
  });

  it('is written in ASCII, as src/graphql needs it', () => {
    const text = readdirSync(SDL).map((name) => readFileSync(new URL(name, SDL), 'utf8'));
    expect(text.join('').match(/[^\t\n -~]/gu) ?? []).toEqual([]);
  });

  it('would notice a field that is taken back', () => {
    const before = buildSchema(released().replace('type Accord {', 'type Accord {\n  seal: String'));
    expect(findBreakingChanges(before, present()).map(({ description }) => description)).toEqual([
      'Accord.seal was removed.',
    ]);
  });
});
