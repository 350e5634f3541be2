import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileOntology } from '../../../src/protocol/definition/index.js';
import {
  agrees,
  anyFacts,
  concept,
  drawnCase,
  drawnOntology,
  element,
  factsOf,
  fullyKnown,
  holds,
  law,
  together,
  TODAY,
  verdictOn,
} from './drawn.js';

const NOTHING = { present: [], absent: [], oneOf: [] };

describe('a verdict', () => {
  it('is MET exactly when a variant holds in every case that agrees with the facts, NOT_MET exactly when in none', () => {
    fc.assert(
      fc.property(drawnCase, ({ ontology, facts }) => {
        const possible = ontology.worlds.filter((world) => agrees(world, facts));
        for (const definition of ontology.laws.flatMap(({ variants }) => variants)) {
          const held = possible.filter((world) => holds(world, [definition])).length;
          const expected = held === possible.length ? 'MET' : held === 0 ? 'NOT_MET' : 'UNDETERMINED';
          expect(verdictOn(ontology, facts, definition.id)).toBe(expected);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('on a law is never wrong: MET only when it holds in every case that agrees, NOT_MET exactly when in none', () => {
    fc.assert(
      fc.property(drawnCase, ({ ontology: { engine, laws, worlds }, facts }) => {
        const possible = worlds.filter((world) => agrees(world, facts));
        for (const { law: code, variants } of laws) {
          const held = possible.filter((world) => holds(world, variants)).length;
          const verdict = engine.judgeLaw(engine.prepare(facts), code, TODAY);
          if (verdict === 'MET') expect(held).toBe(possible.length);
          expect(verdict === 'NOT_MET').toBe(held === 0);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('of a fully known case is never UNDETERMINED', () => {
    fc.assert(
      fc.property(drawnCase, ({ ontology: { engine, laws }, world }) => {
        const prepared = engine.prepare(fullyKnown(world));
        for (const { law: code, variants } of laws) {
          expect(engine.judgeLaw(prepared, code, TODAY)).toBe(holds(world, variants) ? 'MET' : 'NOT_MET');
        }
      }),
    );
  });

  it('once MET or NOT_MET stays so whatever is learned that agrees', () => {
    const learning = drawnCase.chain(({ ontology, world, facts }) =>
      factsOf(world).map((more) => ({ ontology, facts, more })),
    );
    fc.assert(
      fc.property(learning, ({ ontology: { engine, laws }, facts, more }) => {
        const [before, after] = [engine.prepare(facts), engine.prepare(together(facts, more))];
        for (const ref of laws.flatMap(({ law: code, variants }) => [code, ...variants.map(({ id }) => id)])) {
          const verdict = engine.judgeLaw(before, ref, TODAY);
          if (verdict !== 'UNDETERMINED') expect(engine.judgeLaw(after, ref, TODAY)).toBe(verdict);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('on a law is the Kleene disjunction of its variants, the same from judgeAll, judgeLaw and explain', () => {
    fc.assert(
      fc.property(drawnCase, ({ ontology: { engine, laws }, facts }) => {
        const prepared = engine.prepare(facts);
        const all = engine.judgeAll(prepared);
        for (const { law: code } of laws) {
          const codes = engine.variants.filter((one) => one.law === code).map(({ ordinal }) => all[ordinal] ?? -1);
          const verdict = engine.verdictOf(Math.max(...codes));
          expect(engine.judgeLaw(prepared, code, TODAY)).toBe(verdict);
          expect(engine.explain(prepared, code, TODAY).verdict).toBe(verdict);
        }
      }),
    );
  });

  it('is MET for a case of which only the variant’s own code is known', () => {
    fc.assert(
      fc.property(drawnOntology, ({ engine }) => {
        for (const { id } of engine.variants) {
          const prepared = engine.prepare({ ...engine.impliedBy(id), absent: [] });
          expect(engine.judgeLaw(prepared, id, TODAY)).toBe('MET');
        }
      }),
    );
  });

  it('goes into the array that is given, else into a new one', () => {
    const engine = compileOntology([concept('act/a')], [law('AA', [element('act', 'act/a')])]);
    const into = new Uint8Array(1);
    expect(engine.judgeAll(engine.prepare({ ...NOTHING, present: ['act/a'] }), into)).toBe(into);
    const first = engine.judgeAll(engine.prepare(NOTHING));
    engine.judgeAll(engine.prepare({ ...NOTHING, absent: ['act/a'] }));
    expect([...into, ...first].map((code) => engine.verdictOf(code))).toEqual(['MET', 'UNDETERMINED']);
    expect(engine.codeOf('MET')).toBe(into[0]);
    expect(() => engine.verdictOf(3)).toThrow(RangeError);
  });

  it('on a law leaves out variants that do not count or are not in force and says nothing when none is left, on a variant judges it', () => {
    const [file] = [law('AA', [element('act', 'act/a')], [element('act', 'act/b')])];
    const [first, second] = file.variants;
    if (!first || !second) throw new Error('two variants were made');
    const variants = [
      { ...first, valid: { from: '2020-01-01', to: '2020-12-31' } },
      { ...second, counts: false },
    ];
    const engine = compileOntology([concept('act/a'), concept('act/b')], [{ ...file, variants }]);
    const prepared = engine.prepare({ ...NOTHING, present: ['act/a', 'act/b'] });
    const verdicts = ['2019-12-31', '2020-01-01', '2020-12-31', '2021-01-01'].map((day) =>
      engine.judgeLaw(prepared, 'AA', day),
    );
    expect(verdicts).toEqual(['UNDETERMINED', 'MET', 'MET', 'UNDETERMINED']);
    expect(['AA-1', 'AA-2'].map((id) => engine.judgeLaw(prepared, id, TODAY))).toEqual(['MET', 'MET']);
  });

  it('is refused under what is no law and no variant', () => {
    const engine = compileOntology([concept('act/a')], [law('AA', [element('act', 'act/a')])]);
    const prepared = engine.prepare(NOTHING);
    const calls = [
      () => engine.judgeLaw(prepared, 'ZZ', TODAY),
      () => engine.explain(prepared, 'AA-9', TODAY),
      () => engine.compare('AA', 'ZZ', TODAY),
      () => engine.impliedBy('AA'),
    ];
    for (const call of calls) expect(call).toThrow(expect.objectContaining({ code: 'UNKNOWN_CODE' }));
  });
});

describe('facts', () => {
  it('are refused exactly when no case agrees with them', () => {
    fc.assert(
      fc.property(drawnOntology, anyFacts, ({ engine, worlds }, facts) => {
        const prepare = () => engine.prepare(facts);
        if (worlds.some((world) => agrees(world, facts))) expect(prepare).not.toThrow();
        else expect(prepare).toThrow(expect.objectContaining({ code: 'CONTRADICTORY_FACTS' }));
      }),
      { numRuns: 400 },
    );
  });

  it('are closed to exactly what is present, and what is absent, in every case that agrees', () => {
    fc.assert(
      fc.property(drawnCase, ({ ontology: { engine, worlds, concepts }, facts }) => {
        const possible = worlds.filter((world) => agrees(world, facts));
        const ids = concepts.map(({ id }) => id);
        const prepared = engine.prepare(facts);
        expect(engine.presentIn(prepared)).toEqual(ids.filter((id) => possible.every((world) => world.has(id))));
        expect(engine.absentIn(prepared)).toEqual(ids.filter((id) => !possible.some((world) => world.has(id))));
      }),
      { numRuns: 400 },
    );
  });

  it('are refused with an empty clause, which nothing can make true', () => {
    const engine = compileOntology([concept('act/a')], []);
    expect(() => engine.prepare({ ...NOTHING, oneOf: [[]] })).toThrow(
      expect.objectContaining({ code: 'CONTRADICTORY_FACTS', path: ['oneOf', '0'] }),
    );
  });

  it('name the place of a concept that does not exist', () => {
    const engine = compileOntology([concept('act/a')], []);
    for (const list of ['present', 'absent'] as const) {
      expect(() => engine.prepare({ ...NOTHING, [list]: ['act/a', 'act/z'] })).toThrow(
        expect.objectContaining({ code: 'UNKNOWN_CODE', path: [list, '1'] }),
      );
    }
    expect(() => engine.prepare({ ...NOTHING, oneOf: [['act/a'], ['act/z']] })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_CODE', path: ['oneOf', '1'] }),
    );
  });
});
