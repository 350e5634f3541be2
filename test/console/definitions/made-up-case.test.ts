import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { relationsOf } from '../../../src/console/definitions/concept-relations.js';
import {
  factsThatMatter,
  factsToJudge,
  followingFrom,
  NOTHING_KNOWN,
  standingOf,
  withFact,
  type MadeUpCase,
  type Standing,
} from '../../../src/console/definitions/made-up-case.js';
import { compileOntology, parseConceptFile } from '../../../src/protocol/definition/index.js';

const folder = join('schema', 'ontology', 'concepts');
const concepts = readdirSync(folder).flatMap((file) =>
  parseConceptFile(readFileSync(join(folder, file), 'utf8'), file),
);
const engine = compileOntology(concepts, []);
const relations = relationsOf(concepts);
const legal = concepts.map(({ id }) => id).filter((id) => /^(act|means|purpose|movement|age)\//.test(id));

describe('a made-up case', () => {
  it('says of a fact what was last said', () => {
    const yes = withFact(NOTHING_KNOWN, 'means/fraud', 'present', relations);
    expect(standingOf(yes, 'means/fraud')).toBe('present');
    const no = withFact(yes, 'means/fraud', 'absent', relations);
    expect(no).toEqual({ present: [], absent: ['means/fraud'], restAbsent: false });
    expect(withFact(no, 'means/fraud', 'unknown', relations)).toEqual(NOTHING_KNOWN);
  });

  it('unsays what contradicts a fact: who was threatened was coerced', () => {
    const noCoercion = withFact(NOTHING_KNOWN, 'means/coercion', 'absent', relations);
    const threat = withFact(noCoercion, 'means/threat', 'present', relations);
    expect(threat).toEqual({ present: ['means/threat'], absent: [], restAbsent: false });
    expect(withFact(threat, 'means/coercion', 'absent', relations)).toEqual(noCoercion);
  });

  it('says from which fact another follows', () => {
    const threat = withFact(NOTHING_KNOWN, 'means/threat', 'present', relations);
    expect(followingFrom(threat, 'means/coercion', relations)).toEqual({ standing: 'present', from: 'means/threat' });
    expect(followingFrom(threat, 'means/threat', relations)).toBeNull();
    expect(followingFrom(threat, 'means/force', relations)).toBeNull();
    const none = withFact(NOTHING_KNOWN, 'means/coercion', 'absent', relations);
    expect(followingFrom(none, 'means/force', relations)).toEqual({ standing: 'absent', from: 'means/coercion' });
  });

  it('takes as absent what was left open, when wanted, but for what follows', () => {
    const facts = { ...withFact(NOTHING_KNOWN, 'means/threat', 'present', relations), restAbsent: true };
    const { present, absent } = factsToJudge(facts, legal, relations);
    expect(present).toEqual(['means/threat']);
    expect(absent).not.toContain('means/coercion');
    expect(absent).toContain('means/fraud');
    expect(new Set(absent).size).toBe(absent.length);
  });

  it('shows the facts that the laws name or that lead to one of them, and those said', () => {
    const facts = withFact(NOTHING_KNOWN, 'means/fraud', 'absent', relations);
    const shown = factsThatMatter(legal, new Set(['means/coercion']), facts, relations);
    expect(shown).toEqual(expect.arrayContaining(['means/coercion', 'means/threat', 'means/force', 'means/fraud']));
    expect(shown).not.toContain('means/deception');
  });

  it('is never impossible, whatever is ticked in whatever order', () => {
    const step = fc.record({
      id: fc.constantFrom(...legal),
      standing: fc.constantFrom<Standing>('present', 'absent', 'unknown'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, restAbsent) => {
        const start: MadeUpCase = { ...NOTHING_KNOWN, restAbsent };
        const facts = steps.reduce((known, { id, standing }) => withFact(known, id, standing, relations), start);
        const asked = factsToJudge(facts, legal, relations);
        expect(asked.present.length + asked.absent.length).toBeLessThanOrEqual(200);
        expect(() => engine.prepare({ ...asked, oneOf: [] })).not.toThrow();
      }),
    );
  });
});
