import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileOntology } from '../../../src/protocol/definition/index.js';
import { concept, drawnOntology, element, fullyKnown, holds, law, TODAY } from './drawn.js';

describe('a comparison', () => {
  it('has a witness that the two judge differently, and no case with fewer present concepts is one', () => {
    let found = 0;
    fc.assert(
      fc.property(drawnOntology, ({ engine, laws, worlds }) => {
        const [first, second] = laws.map(({ variants }) => variants);
        if (!first || !second) throw new Error('two laws were drawn');
        const { onlyA, onlyB, equivalent } = engine.compare('AA', 'BB', TODAY);
        const smallest = (met: typeof first, unmet: typeof first) =>
          Math.min(...worlds.filter((one) => holds(one, met) && !holds(one, unmet)).map((one) => one.size));
        expect(onlyA?.present.length ?? Infinity).toBe(smallest(first, second));
        expect(onlyB?.present.length ?? Infinity).toBe(smallest(second, first));
        expect(equivalent).toBe(worlds.every((one) => holds(one, first) === holds(one, second)));
        for (const witness of [onlyA, onlyB]) {
          if (!witness) continue;
          found++;
          const prepared = engine.prepare(fullyKnown(new Set(witness.present)));
          const verdicts = ['AA', 'BB'].map((code) => engine.judgeLaw(prepared, code, TODAY));
          expect(verdicts).toEqual(witness === onlyA ? ['MET', 'NOT_MET'] : ['NOT_MET', 'MET']);
          expect([witness.underA, witness.underB]).toEqual(verdicts);
          expect([witness.judgementA.verdict, witness.judgementB.verdict]).toEqual(verdicts);
          expect(witness.decidedBy.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(150);
  });

  it('of a law with itself finds nothing', () => {
    fc.assert(
      fc.property(drawnOntology, ({ engine }) => {
        expect(engine.compare('AA', 'AA', TODAY)).toEqual({
          ...{ differences: [], onlyA: null, onlyB: null, equivalent: true },
        });
      }),
    );
  });

  it('says what differs by kind: what is asked, at what age it is waived, which list is open, what only one takes', () => {
    const concepts = [
      ...['act/a', 'means/coercion', 'means/fraud', 'purpose/labour', 'purpose/organs', 'purpose/other-exploitation'],
      ...['age/under-18', 'movement/across-border'],
    ].map((id) => concept(id));
    const engine = compileOntology(
      [...concepts, concept('means/force', ['means/coercion']), concept('control/beaten', [], ['means/force'])],
      [
        law('AA', [
          element('act', 'act/a'),
          { ...element('means', 'means/coercion'), waivedUnder: 18 },
          { ...element('purpose', 'purpose/labour'), open: true },
        ]),
        law(
          'BB',
          [element('act', 'act/a'), element('purpose', 'purpose/labour', 'purpose/organs')],
          [
            element('movement', 'movement/across-border'),
            element('act', 'act/a'),
            element('purpose', 'purpose/labour'),
          ],
        ),
      ],
    );
    const { differences, onlyA, onlyB } = engine.compare('AA', 'BB', TODAY);
    expect(differences.map(({ kind, sentence }) => [kind, sentence])).toEqual([
      [
        'means',
        'AA always asks for a means, BB never asks for one; AA waives it under 18 years; only AA takes means/coercion and means/force.',
      ],
      ['purpose', 'Only AA takes purpose/other-exploitation; only BB takes purpose/organs; the list of AA is open.'],
      [
        'movement',
        'AA never asks for the crossing of a border, BB asks in some of its offences for one; only BB takes movement/across-border.',
      ],
    ]);
    expect(differences[0]).toMatchObject({
      a: { asked: 'always', waivedUnder: [18], open: false },
      b: { asked: 'never', waivedUnder: [], open: false },
      onlyA: ['means/coercion', 'means/force'],
      onlyB: [],
    });
    expect(onlyA).toMatchObject({
      present: ['act/a', 'means/coercion', 'purpose/other-exploitation'],
      decidedBy: ['purpose'],
    });
    expect(onlyB).toMatchObject({ present: ['act/a', 'purpose/labour'], decidedBy: ['means'] });
  });

  it('reads the law as of the day', () => {
    const file = law('AA', [element('act', 'act/a')], [element('act', 'act/b')]);
    const variants = file.variants.map((variant, at) => ({
      ...variant,
      valid: at === 0 ? { from: null, to: '2019-12-31' } : { from: '2020-01-01', to: null },
    }));
    const engine = compileOntology(
      [concept('act/a'), concept('act/b')],
      [{ ...file, variants }, law('BB', [element('act', 'act/a')])],
    );
    expect(engine.compare('AA', 'BB', '2019-06-01').equivalent).toBe(true);
    expect(engine.compare('AA', 'BB', '2020-06-01')).toMatchObject({
      ...{ onlyA: { present: ['act/b'] }, onlyB: { present: ['act/a'] }, equivalent: false },
    });
  });
});
