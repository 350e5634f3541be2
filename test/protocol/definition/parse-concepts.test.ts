import { describe, expect, it } from '@jest/globals';
import { compileOntology, OntologyFileError, parseConceptFile } from '../../../src/protocol/definition/index.js';
import { concept } from './drawn.js';

const LABEL = '{ en: A, nl: A, ro: A, bg: А }';
const HEAD = `scheme: act\ntitle: ${LABEL}\nsource: [here]\nconcepts:\n`;

function entry(id: string, more: Readonly<Record<string, string>> = {}): string {
  const keys = {
    label: LABEL,
    definition: '{ en: A. }',
    broader: '[]',
    implies: '[]',
    source: '[here]',
    ictip: 'null',
  };
  const lines = Object.entries({ ...keys, ...more }).map(([key, value]) => `    ${key}: ${value}\n`);
  return `  - id: ${id}\n${lines.join('')}`;
}

function faultsOf(text: string, file = 'act.yaml'): string[] {
  try {
    parseConceptFile(text, file);
  } catch (error) {
    if (error instanceof OntologyFileError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a concept file', () => {
  it('is read with the line of each concept', () => {
    const text = HEAD + entry('act/a') + entry('act/b', { broader: '[act/a]', implies: '[means/c]' });
    expect(parseConceptFile(text, 'concepts/act.yaml')).toEqual([
      expect.objectContaining({ id: 'act/a', scheme: 'act', broader: [], ictip: null, line: 5 }),
      expect.objectContaining({ id: 'act/b', broader: ['act/a'], implies: ['means/c'], line: 12 }),
    ]);
  });

  it.each([
    ['an id of another scheme', entry('means/a'), ['5: the id does not begin with act/']],
    [
      'an id that is not kebab-case',
      entry('act/A_b'),
      [expect.stringMatching(/^5: concepts\.0\.id is missing or not/)],
    ],
    ['an id used twice', entry('act/a') + entry('act/a'), ['12: act/a stands twice']],
    ['a broader concept that is unknown', entry('act/a', { broader: '[act/z]' }), ['8: act/z is not a concept of act']],
    [
      'a broader concept of another scheme',
      entry('act/a', { broader: '[means/b]' }),
      ['8: means/b is not a concept of act'],
    ],
    [
      'an implied concept of the same scheme',
      entry('act/a', { implies: '[act/a]' }),
      ['9: act/a is of the same scheme, which is for broader'],
    ],
    ['a link drawn twice', entry('act/a', { implies: '[means/b, means/b]' }), ['9: means/b stands twice']],
    [
      'a missing language',
      entry('act/a', { label: '{ en: A, nl: A, ro: A }' }),
      ['6: concepts.0.label lacks the language bg'],
    ],
    [
      'a language that is none',
      entry('act/a', { definition: '{ en: A., "e n": A. }' }),
      ['7: e n is not a language (BCP 47)'],
    ],
    ['a key without a place', entry('act/a', { colour: 'red' }), ['12: colour has no place here']],
    [
      'a key that is there twice',
      entry('act/a') + '    ictip: null\n',
      [expect.stringMatching(/^12: Map keys must be unique/)],
    ],
    ['a list that is a text', entry('act/a', { source: 'here' }), ['10: concepts.0.source is not a list']],
  ])('is refused with %s', (_, concepts, faults) => {
    expect(faultsOf(HEAD + concepts)).toEqual(
      faults.map((fault) =>
        typeof fault === 'string' ? `act.yaml:${fault}` : expect.stringMatching(/^act\.yaml:\d+: /),
      ),
    );
  });

  it('is refused with all of its faults, in the order of the file', () => {
    const text = HEAD + entry('means/a', { source: 'here' }) + entry('act/b', { broader: '[act/z]' });
    expect(faultsOf(text).map((fault) => Number(fault.split(':')[1]))).toEqual([5, 10, 15]);
  });

  it('is refused under the name of another scheme', () => {
    expect(faultsOf(HEAD + entry('act/a'), 'concepts/means.yaml')).toEqual([
      'concepts/means.yaml:1: the file of act is named act.yaml',
    ]);
  });

  it.each(['', 'null', '- a', 'scheme: [', '\u0000', 'a: *b', '{{{{', '%YAML 9.9\n---\n'])(
    'is refused, never crashed on, when it is %j',
    (text) => {
      expect(faultsOf(text)).not.toEqual([]);
    },
  );
});

describe('the relations of concepts', () => {
  const faultsOfAll = (...concepts: Parameters<typeof compileOntology>[0]) => {
    try {
      compileOntology(concepts, []);
    } catch (error) {
      if (error instanceof OntologyFileError) return error.faults;
    }
    return [];
  };

  it('may not lead round in a circle, even across schemes', () => {
    const faults = faultsOfAll(concept('act/a', [], ['means/b']), { ...concept('means/b', [], ['act/a']), line: 7 });
    expect(faults).toEqual([
      { file: 'act.yaml', line: 1, reason: 'act/a leads back to itself: act/a → means/b → act/a' },
      { file: 'means.yaml', line: 7, reason: 'means/b leads back to itself: means/b → act/a → means/b' },
    ]);
  });

  it('may not lead to what is nowhere', () => {
    expect(faultsOfAll(concept('act/a', [], ['means/b'])).map(({ reason }) => reason)).toEqual([
      'act/a: implies means/b, which is not a concept of another scheme',
    ]);
  });

  it('may not have an id for two concepts', () => {
    expect(faultsOfAll(concept('act/a'), concept('act/a')).map(({ reason }) => reason)).toEqual(['act/a stands twice']);
  });
});
