import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REFUSAL_CODES } from '../../src/protocol/index.js';
import type { RawAnswer } from '../support/raw-seat.js';
import { CONTENT } from './refusals/content.js';
import { DEFINITIONS } from './refusals/definitions.js';
import { DELIVERY } from './refusals/delivery.js';
import { ENVELOPE } from './refusals/envelope.js';
import { LINKS } from './refusals/links.js';
import { MEMBERSHIP } from './refusals/membership.js';
import { NOISE } from './refusals/noise.js';
import { OBLIGATIONS } from './refusals/obligations.js';
import { PUBLICATIONS } from './refusals/publications.js';
import type { Provocation } from './refusals/provocation.js';
import { FIRST_NAME, Stage } from './refusals/stage.js';
import { STANDING } from './refusals/standing.js';

const PROVOCATIONS: readonly Provocation[] = [
  ...ENVELOPE,
  ...STANDING,
  ...CONTENT,
  ...MEMBERSHIP,
  ...LINKS,
  ...OBLIGATIONS,
  ...DELIVERY,
  ...DEFINITIONS,
  ...NOISE,
  ...PUBLICATIONS,
];
const SENTENCE = /^[A-Z].{8,}\.$/s;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set();
});
afterAll(() => stage.hub.stop());

interface Refused {
  readonly code: string;
  readonly path: readonly string[];
  readonly message: string;
  readonly remedy: string;
}

/** The refusal in an answer, as the result of a mutation or as an error of a query. */
function refusalIn({ text }: RawAnswer): Refused | undefined {
  const { data, errors } = JSON.parse(text) as {
    data?: { it?: Refused } | null;
    errors?: { message: string; extensions: Omit<Refused, 'message'> }[];
  }; // parsing
  const [error] = errors ?? [];
  return error ? { ...error.extensions, message: error.message } : data?.it;
}

/** What was sent, in pieces long enough to be told apart: parts of statements, ids, plain text. */
function piecesOf(sent: unknown): string[] {
  if (typeof sent === 'string') return sent.split('.').filter((piece) => piece.length >= 12);
  return typeof sent === 'object' && sent !== null ? Object.values(sent).flatMap(piecesOf) : [];
}

describe('a refusal', () => {
  it('is brought about here for every code of the closed list, and for no other', () => {
    expect([...new Set(PROVOCATIONS.map(({ code }) => code))].sort()).toEqual([...REFUSAL_CODES].sort());
  });

  it('has a remedy in the protocol for every code of the closed list', () => {
    const protocol = readFileSync(new URL('../../schema/PROTOCOL.md', import.meta.url), 'utf8');
    const table = protocol.slice(
      protocol.indexOf('## Refusals and their remedies'),
      protocol.indexOf('Errors that are no'),
    );
    expect([...table.matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code).sort()).toEqual([...REFUSAL_CODES].sort());
  });

  it.each(PROVOCATIONS.map((one) => [one.code, one.by, one] as const))(
    '%s by %s names code, path and remedy, and repeats nothing (S8)',
    async (_code, _by, { code, path, ask, asLiaison, asAnalyst }) => {
      const { document, variables } = await ask(stage);
      const asking = asLiaison ? stage.askAsLiaison : asAnalyst ? stage.askAsAnalyst : stage.ask;
      const answer = await asking(document, variables);
      stage.answered();
      const refusal = refusalIn(answer);
      expect([refusal?.code, refusal?.path]).toEqual([code, path]);
      expect(refusal?.message).toMatch(SENTENCE);
      expect(refusal?.remedy).toMatch(SENTENCE);
      expect(answer.text).not.toMatch(FIRST_NAME);
      for (const piece of piecesOf(variables)) expect(answer.text).not.toContain(piece);
    },
  );
});
