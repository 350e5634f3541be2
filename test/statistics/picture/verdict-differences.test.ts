import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileOntology, type Concept, type DefinitionFile } from '../../../src/protocol/definition/index.js';
import { asksOf, changesOf, type JudgedGroup } from '../../../src/statistics/picture/verdict-differences.js';

const concept = (id: string): Concept => ({
  id,
  scheme: id.split('/')[0] ?? '',
  label: { en: id },
  definition: { en: id },
  broader: [],
  implies: [],
  source: [],
  ictip: null,
  line: 1,
});
const concepts = ['act/a', 'means/m', 'purpose/p', 'purpose/q'].map(concept);

function law(code: string, elements: [kind: 'act' | 'means' | 'purpose', id: string][]): DefinitionFile {
  return {
    ...{
      law: code,
      label: { en: code },
      version: 1,
      recorded: '2026-01-01',
      confidence: 'high',
      lawAsAt: null,
      consentIrrelevant: null,
    },
    ...{ sources: [], pendingReform: null, toConfirm: [], notes: null },
    variants: [
      {
        ...{
          id: `${code}-1`,
          label: { en: code },
          citation: code,
          counts: true,
          valid: { from: null, to: null },
          confidence: 'high',
          sources: [],
          toConfirm: [],
        },
        elements: elements.map(([element, id]) => ({ element, anyOf: [id], waivedUnder: null, open: false })),
      },
    ],
  };
}

const LAWS = ['XA', 'XB'];
const engine = compileOntology(concepts, [
  law('XA', [
    ['act', 'act/a'],
    ['means', 'means/m'],
    ['purpose', 'purpose/p'],
  ]),
  law('XB', [
    ['act', 'act/a'],
    ['purpose', 'purpose/p'],
  ]),
  law('XC', [
    ['means', 'means/m'],
    ['purpose', 'purpose/q'],
  ]),
]);

function group(present: string[], absent: string[], alerts: number, laws = LAWS): JudgedGroup {
  const known = engine.prepare({ present, absent, oneOf: [] });
  return { alerts, judged: laws.map((ref) => engine.explain(known, ref, '2026-01-01')) };
}

const groups = [
  group(['act/a', 'means/m', 'purpose/p'], [], 5), // met, met
  group(['act/a', 'purpose/p', 'purpose/q'], ['means/m'], 3), // not met, met
  group(['act/a', 'purpose/p'], [], 2), // undetermined, met
  group(['purpose/p'], [], 7), // undetermined, undetermined
];

describe('what separates verdicts', () => {
  it('is the same in whichever order the groups are found', () => {
    const laws = [...LAWS, 'XC'];
    const alike = [
      group(['act/a', 'purpose/p'], [], 2, laws),
      group(['act/a', 'purpose/p', 'purpose/q'], ['means/m'], 2, laws),
      group(['act/a', 'purpose/p', 'means/m'], ['purpose/q'], 2, laws),
      group(['purpose/p'], [], 2, laws),
      group(['act/a'], [], 2, laws),
    ];
    const differences = (found: readonly JudgedGroup[]) => [
      changesOf(laws, found),
      ...[1, 2, 3, 10].map((most) => asksOf(laws, found, most)),
    ];
    const orders = fc.shuffledSubarray(alike, { minLength: alike.length });
    fc.assert(
      fc.property(orders, (found) => {
        expect(differences(found)).toEqual(differences(alike));
      }),
    );
  });

  it('names the element by which a verdict changes, and nothing where none does', () => {
    expect(changesOf(LAWS, groups)).toEqual([
      { a: 'XA', b: 'XB', verdictA: 'NOT_MET', verdictB: 'MET', alerts: 3, byElement: [{ kind: 'MEANS', alerts: 3 }] },
      {
        a: 'XA',
        b: 'XB',
        verdictA: 'UNDETERMINED',
        verdictB: 'MET',
        alerts: 2,
        byElement: [{ kind: 'MEANS', alerts: 2 }],
      },
    ]);
    expect(
      changesOf(
        ['XA', 'XA'],
        groups.map((one) => ({ ...one, judged: [one.judged[0], one.judged[0]].flatMap((x) => x ?? []) })),
      ),
    ).toEqual([]);
  });

  it('puts first the question that settles most by itself', () => {
    expect(asksOf(LAWS, groups, 10)).toEqual([
      { under: 'XB', kind: 'ACT', anyOf: ['act/a'], settles: 7, lackedBy: 7 },
      { under: 'XA', kind: 'MEANS', anyOf: ['means/m'], settles: 2, lackedBy: 9 },
      { under: 'XA', kind: 'ACT', anyOf: ['act/a'], settles: 0, lackedBy: 7 },
    ]);
  });
});
