import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CaseFacts, compileOntology, type ElementTrace } from '../../../src/protocol/definition/index.js';
import { concept, drawnCase, element, law, TODAY, together } from './drawn.js';

const NOTHING: CaseFacts = { present: [], absent: [], oneOf: [] };

const engine = compileOntology(
  [
    ...[
      concept('means/coercion'),
      concept('means/threat', ['means/coercion']),
      concept('means/force', ['means/coercion']),
    ],
    ...[
      concept('means/fraud'),
      concept('act/a'),
      concept('control/beaten', [], ['means/force']),
      concept('age/under-18'),
    ],
  ],
  [law('AA', [element('act', 'act/a'), { ...element('means', 'means/force', 'means/threat'), waivedUnder: 18 }])],
);

function traceOfMeans(facts: Partial<CaseFacts>): ElementTrace | undefined {
  const { byVariant } = engine.explain(engine.prepare({ ...NOTHING, ...facts }), 'AA', TODAY);
  return byVariant[0]?.trace.find((trace) => trace.element === 'means');
}

describe('a trace', () => {
  it('says which stated fact meets an element', () => {
    expect(traceOfMeans({ present: ['means/threat'] })).toMatchObject({
      ...{ verdict: 'MET', metBy: ['means/threat'], how: 'asserted', inferred: false, metByOneOf: [] },
      unknown: ['means/force', 'age/under-18'],
    });
  });

  it('marks what follows from a stated fact as inferred', () => {
    expect(traceOfMeans({ present: ['control/beaten'] })).toMatchObject({
      ...{ verdict: 'MET', metBy: ['means/force'], how: 'inferred', inferred: true },
    });
  });

  it('marks what meets the element only as one of several, and does not say which', () => {
    expect(traceOfMeans({ oneOf: [['means/threat', 'age/under-18']] })).toMatchObject({
      ...{ verdict: 'MET', metBy: [], metByOneOf: [['means/threat', 'age/under-18']], how: 'oneOf', inferred: true },
    });
  });

  it('says which stated absence excludes an element: that of a broader concept takes the narrower along', () => {
    expect(traceOfMeans({ absent: ['means/coercion', 'means/fraud', 'age/under-18'] })).toMatchObject({
      ...{ verdict: 'NOT_MET', absent: ['means/force', 'means/threat', 'age/under-18'], unknown: [], how: null },
      ...{ excludedBy: ['means/coercion', 'age/under-18'], inferred: false },
    });
  });

  it('agrees with its variant’s verdict, and MET stays MET when what it leaves unknown is learned', () => {
    let kept = 0;
    fc.assert(
      fc.property(drawnCase, fc.nat(), ({ ontology: drawn, facts }, pick) => {
        const prepared = drawn.engine.prepare(facts);
        const order = ['NOT_MET', 'UNDETERMINED', 'MET'];
        for (const { id } of drawn.engine.variants) {
          const { verdict, byVariant } = drawn.engine.explain(prepared, id, TODAY);
          const trace = byVariant[0]?.trace ?? [];
          expect(order.indexOf(verdict)).toBe(Math.min(...trace.map((one) => order.indexOf(one.verdict))));
          const unknown = trace.flatMap((one) => one.unknown);
          const learned = unknown[pick % Math.max(1, unknown.length)];
          if (verdict !== 'MET' || learned === undefined) continue;
          for (const more of [
            { ...NOTHING, present: [learned] },
            { ...NOTHING, absent: [learned] },
          ]) {
            const after = attempt(() => drawn.engine.prepare(together(facts, more)));
            if (!after) continue;
            expect(drawn.engine.judgeLaw(after, id, TODAY)).toBe('MET');
            kept++;
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(kept).toBeGreaterThan(100);
  });
});

/** What a step gives; null when the facts are refused as contradictory. */
function attempt<T>(step: () => T): T | null {
  try {
    return step();
  } catch (error) {
    expect(error).toMatchObject({ code: 'CONTRADICTORY_FACTS' });
    return null;
  }
}
