import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileOntology, OntologyFileError, parseDefinitionFile } from '../../../src/protocol/definition/index.js';
import { concept, law } from './drawn.js';

const CONCEPTS = ['act/a', 'act/b', 'means/c', 'means/other-improper-means', 'age/under-18'].map((id) => concept(id));

const TEXT = `law: NL
label: { en: Netherlands }
version: 2
recorded: 2026-11-23
confidence: medium
lawAsAt: 2025-12
consentIrrelevant: null
sources: [here]
pendingReform: null
toConfirm: []
notes: null
variants:
  - id: NL-273f-1-1
    label: { en: Trafficking }
    citation: art. 273f
    counts: true
    valid: { from: 2005-01-01, to: null }
    elements:
      - element: act
        anyOf: [act/a, act/b]
      - element: means
        anyOf:
          - means/c
        waivedUnder: 18
        open: true
`;

function faultsOf(text: string, file = 'NL.yaml'): string[] {
  try {
    parseDefinitionFile(text, file, CONCEPTS);
  } catch (error) {
    if (error instanceof OntologyFileError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a definition file', () => {
  it('is read whole, with what it leaves out filled in', () => {
    expect(parseDefinitionFile(TEXT, 'definitions/NL.yaml', CONCEPTS)).toEqual({
      law: 'NL',
      label: { en: 'Netherlands' },
      version: 2,
      recorded: '2026-11-23',
      confidence: 'medium',
      lawAsAt: '2025-12',
      consentIrrelevant: null,
      sources: ['here'],
      pendingReform: null,
      toConfirm: [],
      notes: null,
      variants: [
        {
          id: 'NL-273f-1-1',
          label: { en: 'Trafficking' },
          citation: 'art. 273f',
          counts: true,
          valid: { from: '2005-01-01', to: null },
          confidence: 'medium',
          sources: [],
          toConfirm: [],
          elements: [
            { element: 'act', anyOf: ['act/a', 'act/b'], waivedUnder: null, open: false },
            { element: 'means', anyOf: ['means/c'], waivedUnder: 18, open: true },
          ],
        },
      ],
    });
  });

  it.each([
    ['a law that is no code', 'law: NL', 'law: nl', '1: law is missing or not'],
    ['the name of another law', 'law: NL', 'law: BE', '1: the file of BE is named BE.yaml'],
    ['a version below 1', 'version: 2', 'version: 0', '3: version is not a whole number above 0'],
    ['a day that the calendar does not have', '2026-11-23', '2026-02-30', '4: recorded is not a day'],
    ['a month that there is none', '2026-11-23', '2026-13-45', '4: recorded is not a day'],
    ['no day of recording', 'recorded: 2026-11-23', 'recorded: null', '4: recorded is missing'],
    ['a confidence of its own', 'confidence: medium', 'confidence: sure', '5: confidence is none of high, medium, low'],
    ['a date of the law in words', 'lawAsAt: 2025-12', 'lawAsAt: December', '6: lawAsAt is not a year, month or day'],
    ['an id of another law', 'id: NL-273f-1-1', 'id: BE-433', '13: the id does not begin with NL-'],
    ['no word on what counts', '    counts: true\n', '', '13: variants.0.counts is neither true nor false'],
    ['no validity', '    valid: { from: 2005-01-01, to: null }\n', '', '13: variants.0.valid is not a map'],
    ['a count that is neither', 'counts: true', 'counts: perhaps', '16: variants.0.counts is neither true nor false'],
    ['a validity that ends first', 'to: null', 'to: 2004-12-31', '17: the variant ends before it begins'],
    ['a key without a place', 'citation: art.', 'quotation: art.', '15: quotation has no place here'],
    [
      'an element of no kind',
      'element: act',
      'element: deed',
      '19: variants.0.elements.0.element is none of act, means',
    ],
    ['an unknown concept', '[act/a, act/b]', '[act/a, act/z]', '20: act/z is not a concept of the ontology'],
    ['a concept of another element', '[act/a, act/b]', '[act/a, means/c]', '20: means/c is not a concept of act'],
    ['a concept named twice', '[act/a, act/b]', '[act/a, act/a]', '20: act/a stands twice'],
    ['nothing that could meet an element', '[act/a, act/b]', '[]', '20: an element lists at least one concept'],
    ['an age that is no concept', 'waivedUnder: 18', 'waivedUnder: 17', ': age/under-17, which the element asks for'],
    [
      'an age in words',
      'waivedUnder: 18',
      'waivedUnder: minor',
      '24: variants.0.elements.1.waivedUnder is not a whole',
    ],
    ['an open list of ages', 'element: means', 'element: age', '25: a list of age cannot be open'],
  ])('is refused with %s', (_, right, wrong, fault) => {
    expect(faultsOf(TEXT.replace(right, wrong)).join('\n')).toContain(
      fault.startsWith(':') ? fault : `NL.yaml:${fault}`,
    );
  });

  it('is refused with all of its faults, in the order of the file', () => {
    const text = TEXT.replace('version: 2', 'version: two').replace('act/b', 'act/z').replace('means/c', 'means/z');
    expect(faultsOf(text)).toEqual([
      'NL.yaml:3: version is not a whole number above 0',
      'NL.yaml:20: act/z is not a concept of the ontology',
      'NL.yaml:23: means/z is not a concept of the ontology',
    ]);
  });

  it('is refused when a variant’s id is used twice or it has none', () => {
    const variant = TEXT.slice(TEXT.indexOf('  - id'));
    expect(faultsOf(TEXT + variant)).toEqual(['NL.yaml:26: NL-273f-1-1 stands twice']);
    expect(faultsOf(TEXT.slice(0, TEXT.indexOf('  - id')).replace('variants:', 'variants: []'))).toEqual([
      'NL.yaml:12: a law has at least one variant',
    ]);
  });

  it('is refused or read, never crashed on, whatever a line says', () => {
    const lines = TEXT.split('\n');
    const broken = fc.tuple(
      fc.nat(lines.length - 1),
      fc.oneof(fc.string(), fc.constantFrom('', '-', ': {', '  a: &a [*a]')),
    );
    fc.assert(
      fc.property(broken, ([at, line]) => {
        expect(() => faultsOf(lines.with(at, line).join('\n'))).not.toThrow();
      }),
      { numRuns: 400 },
    );
  });

  it('is refused beside another of the same law', () => {
    expect(() => compileOntology([], [law('AA'), law('AA')])).toThrow('AA.yaml:1: AA has two files');
  });
});
