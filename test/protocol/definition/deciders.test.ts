import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CaseFacts, compileOntology, type Engine, MOST_DECIDERS } from '../../../src/protocol/definition/index.js';
import { agrees, concept, drawnCase, type DrawnOntology, element, law, together, TODAY } from './drawn.js';

const NOTHING: CaseFacts = { present: [], absent: [], oneOf: [] };

type Missing = { concept: string; present: boolean };

function asFacts(missing: readonly Missing[]): CaseFacts {
  const ids = (present: boolean) => missing.flatMap((fact) => (fact.present === present ? [fact.concept] : []));
  return { present: ids(true), absent: ids(false), oneOf: [] };
}

/** The smallest sets of facts about any concept that give a verdict, found by trying all, up to a size. */
function smallestByTrial(
  { engine, concepts, worlds }: DrawnOntology,
  facts: CaseFacts,
  ref: string,
  toward: string,
  most: number,
): Missing[][] | null {
  const candidates = concepts.flatMap(({ id }) => [true, false].map((present) => ({ concept: id, present })));
  const found: Missing[][] = [];
  const trySets = (from: number, chosen: Missing[], left: number): void => {
    const all = together(facts, asFacts(chosen));
    if (!worlds.some((world) => agrees(world, all))) return;
    if (left === 0) {
      if (engine.judgeLaw(engine.prepare(all), ref, TODAY) === toward) found.push(chosen);
      return;
    }
    candidates.slice(from).forEach((one, at) => trySets(from + at + 1, [...chosen, one], left - 1));
  };
  for (let size = 0; size <= most; size++) {
    trySets(0, [], size);
    if (found.length > 0) return found;
  }
  return null;
}

const keyOf = (missing: readonly Missing[]) =>
  missing
    .map(({ concept: id, present }) => `${present ? '+' : '-'}${id}`)
    .sort()
    .join(' ');

describe('deciders', () => {
  it('decide, and nothing smaller does; every smallest set is among them or says more than one of them', () => {
    let [sets, trials] = [0, 0];
    fc.assert(
      fc.property(drawnCase, ({ ontology, facts }) => {
        const { engine, concepts } = ontology;
        const idsIn = (more: CaseFacts) => engine.presentIn(engine.prepare(more));
        const follows = (strong: Missing, weak: Missing) =>
          strong.present === weak.present &&
          (strong.present
            ? idsIn({ ...NOTHING, present: [strong.concept] }).includes(weak.concept)
            : engine.absentIn(engine.prepare({ ...NOTHING, absent: [strong.concept] })).includes(weak.concept));
        for (const ref of ['AA', 'BB']) {
          const { verdict, deciders, moreDeciders } = engine.explain(engine.prepare(facts), ref, TODAY);
          if (verdict !== 'UNDETERMINED') {
            expect(deciders).toEqual([]);
            continue;
          }
          for (const toward of ['MET', 'NOT_MET'] as const) {
            const given = deciders.filter((one) => one.toward === toward).map((one) => [...one.facts]);
            for (const set of given) {
              const all = together(facts, asFacts(set));
              expect(engine.judgeLaw(engine.prepare(all), ref, TODAY)).toBe(toward);
            }
            expect(new Set(given.map(keyOf)).size).toBe(given.length);
            const byTrial = smallestByTrial(ontology, facts, ref, toward, Math.min(3, concepts.length));
            trials++;
            if (byTrial === null) {
              for (const set of given) expect(set.length).toBeGreaterThan(3);
              continue;
            }
            sets += given.length;
            expect(given.map((set) => set.length)).toEqual(given.map(() => byTrial[0]?.length));
            const tried = new Set(byTrial.map(keyOf));
            for (const set of given) expect(tried).toContain(keyOf(set));
            // None says more than it needs to: no other smallest set follows from it.
            for (const set of given) {
              const needless = byTrial.filter(
                (other) =>
                  keyOf(other) !== keyOf(set) && other.every((weak) => set.some((strong) => follows(strong, weak))),
              );
              const isOneForOne = (other: Missing[]) =>
                set.every((strong) => other.some((weak) => follows(strong, weak)));
              expect([keyOf(set), needless.filter(isOneForOne).map(keyOf)]).toEqual([keyOf(set), []]);
            }
            if (moreDeciders[toward]) continue;
            for (const set of byTrial) {
              // The given set that this one strengthens, fact by fact.
              const weaker = given.find((other) => other.every((weak) => set.some((strong) => follows(strong, weak))));
              expect([keyOf(set), weaker === undefined]).toEqual([keyOf(set), false]);
            }
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(sets).toBeGreaterThan(trials / 4);
  });

  it('are none toward a verdict that cannot come: a clause may hold one of two variants up whatever is learned', () => {
    const engine = compileOntology(
      [concept('act/a'), concept('act/b')],
      [law('AA', [element('act', 'act/a')], [element('act', 'act/b')])],
    );
    const { verdict, deciders } = judged(engine, { ...NOTHING, oneOf: [['act/a', 'act/b']] });
    expect(verdict).toBe('UNDETERMINED');
    expect(deciders.filter(({ toward }) => toward === 'NOT_MET')).toEqual([]);
  });

  it('use one absence where it empties a clause, rather than two presences', () => {
    const ids = ['act/a', 'act/b', 'act/c', 'means/d', 'means/e'];
    const engine = compileOntology(
      ids.map((id) => concept(id, id === 'act/b' ? ['act/c'] : [], id === 'means/e' ? ['act/c'] : [])),
      [law('AA', [element('act', 'act/a'), element('means', 'means/d')])],
    );
    const { deciders } = judged(engine, {
      ...NOTHING,
      oneOf: [
        ['act/a', 'act/b'],
        ['means/d', 'means/e'],
      ],
    });
    expect(deciders.filter(({ toward }) => toward === 'MET')).toEqual([
      { toward: 'MET', facts: [{ concept: 'act/c', present: false }] },
    ]);
  });

  it('name the weakest fact that does, not what it follows from', () => {
    const engine = compileOntology(
      [
        concept('means/coercion'),
        concept('means/force', ['means/coercion']),
        concept('control/beaten', [], ['means/force']),
      ],
      [law('AA', [element('means', 'means/coercion', 'means/force')])],
    );
    expect(judged(engine, NOTHING).deciders).toEqual([
      { toward: 'MET', facts: [{ concept: 'means/coercion', present: true }] },
      { toward: 'NOT_MET', facts: [{ concept: 'means/coercion', present: false }] },
    ]);
  });

  it('say that there are more than are given', () => {
    const ids = Array.from({ length: MOST_DECIDERS + 1 }, (_, index) => `act/a${index}`);
    const engineOf = (listed: readonly string[]) =>
      compileOntology(
        ids.map((id) => concept(id)),
        [law('AA', [element('act', ...listed)])],
      );
    const full = judged(engineOf(ids.slice(1)), NOTHING);
    expect([full.deciders.length, full.moreDeciders.MET]).toEqual([MOST_DECIDERS + 1, false]);
    const over = judged(engineOf(ids), NOTHING);
    expect([over.deciders.length, over.moreDeciders.MET]).toEqual([MOST_DECIDERS + 1, true]);
  });
});

describe('asks', () => {
  it('lead to MET when each is answered with any of its concepts', () => {
    let answered = 0;
    const choices = fc.tuple(drawnCase, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }));
    fc.assert(
      fc.property(choices, ([{ ontology, facts }, picks]) => {
        const { engine, worlds } = ontology;
        for (const ref of ['AA', 'BB']) {
          const { verdict, asks } = engine.explain(engine.prepare(facts), ref, TODAY);
          expect(asks.length > 0).toBe(verdict === 'UNDETERMINED');
          const present = asks.map(({ anyOf }, at) => anyOf[(picks[at] ?? 0) % anyOf.length] ?? '');
          const all = together(facts, { ...NOTHING, present });
          if (asks.length === 0) continue;
          expect(worlds.some((world) => agrees(world, all))).toBe(true);
          expect(engine.judgeLaw(engine.prepare(all), ref, TODAY)).toBe('MET');
          answered++;
        }
      }),
      { numRuns: 300 },
    );
    expect(answered).toBeGreaterThan(50);
  });

  it('put the one question that several variants leave open into one', () => {
    const engine = compileOntology(
      ['act/a', 'means/b', 'means/c', 'purpose/d'].map((id) => concept(id)),
      [
        law(
          'AA',
          [element('act', 'act/a'), element('means', 'means/b')],
          [element('act', 'act/a'), element('means', 'means/c')],
          [element('act', 'act/a'), element('means', 'means/c'), element('purpose', 'purpose/d')],
        ),
      ],
    );
    expect(judged(engine, { ...NOTHING, present: ['act/a'] }).asks).toEqual([
      { element: 'means', anyOf: ['means/b', 'means/c'] },
    ]);
  });
});

function judged(engine: Engine, facts: CaseFacts) {
  return engine.explain(engine.prepare(facts), 'AA', TODAY);
}
