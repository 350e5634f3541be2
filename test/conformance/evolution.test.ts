import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, findBreakingChanges, type GraphQLSchema } from 'graphql';

const SDL = new URL('../../schema/graphql/', import.meta.url);

function present(): GraphQLSchema {
  const files = readdirSync(SDL).filter((name) => name.endsWith('.graphql'));
  return buildSchema(files.map((name) => readFileSync(new URL(name, SDL), 'utf8')).join('\n'));
}

/**
 * What was taken back on purpose, after it had been deprecated: it goes on standing in `released.graphql.txt`, and here with the day.
 * 2026-11-30: a verdict summary counted exactly, and for one reader alone, what the picture counts so that it may be shown.
 */
const TAKEN_BACK = [
  ...[
    'SummaryDimension',
    'VerdictCount',
    'SummaryRow',
    'ElementChange',
    'VerdictChange',
    'SettlingAsk',
    'VerdictSummary',
  ].map((type) => `${type} was removed.`),
  'Query.verdictSummary was removed.',
];

/** `released.graphql.txt` is what members build on. It grows when something is released and loses nothing. */
function released(): string {
  return readFileSync(new URL('released.graphql.txt', import.meta.url), 'utf8');
}

/** What breaks members that build on a contract, but for what was taken back on purpose. */
function unannounced(before: GraphQLSchema): string[] {
  return findBreakingChanges(before, present()).flatMap(({ description }) =>
    TAKEN_BACK.includes(description) ? [] : [description],
  );
}

describe('the GraphQL contract', () => {
  it('takes nothing back that was released without saying so', () => {
    expect(unannounced(buildSchema(released()))).toEqual([]);
  });

  it('is written in ASCII, as src/graphql needs it', () => {
    const text = readdirSync(SDL).map((name) => readFileSync(new URL(name, SDL), 'utf8'));
    expect(text.join('').match(/[^\t\n -~]/gu) ?? []).toEqual([]);
  });

  it('would notice a field that is taken back', () => {
    const before = buildSchema(released().replace('type Accord {', 'type Accord {\n  seal: String'));
    expect(unannounced(before)).toEqual(['Accord.seal was removed.']);
  });
});
