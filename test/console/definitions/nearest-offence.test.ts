import { describe, expect, it } from '@jest/globals';
import type { JudgementAnswer } from '../../../src/console/definitions/documents.js';
import {
  changedVerdicts,
  elementsOf,
  nearestOffence,
  whatWouldExclude,
} from '../../../src/console/definitions/nearest-offence.js';

describe('the offence that shows why a law came out as it did', () => {
  it('is the one that is met', () => {
    expect(nearest({ a: 'NOT_MET NOT_MET', b: 'MET MET', c: 'UNDETERMINED MET' })).toBe('b');
  });

  it('is otherwise the one of which least is open', () => {
    expect(nearest({ a: 'UNDETERMINED UNDETERMINED MET', b: 'MET UNDETERMINED', c: 'NOT_MET MET' })).toBe('b');
  });

  it('is otherwise the one that fails by least', () => {
    expect(nearest({ a: 'NOT_MET NOT_MET', b: 'NOT_MET UNDETERMINED', c: 'NOT_MET NOT_MET MET' })).toBe('b');
  });

  it('is none where no offence is in force', () => {
    expect(nearestOffence(judgement({}))).toBeNull();
    expect(elementsOf(null, 'ACT')).toEqual([]);
  });
});

describe('what would exclude a law', () => {
  it('is the smallest set of facts that would all have to be absent', () => {
    const deciders = [
      decider('MET', ['x']),
      decider('NOT_MET', ['a', 'b', 'c']),
      decider('NOT_MET', ['d', 'e']),
      { toward: 'NOT_MET', facts: [{ concept: 'f', present: true }] },
    ];
    expect(whatWouldExclude({ ...judgement({}), deciders })).toEqual(['d', 'e']);
  });

  it('is nothing where the hub knows none', () => {
    expect(whatWouldExclude(judgement({}))).toBeNull();
  });
});

it('only verdicts that are others than before are told', () => {
  const [was, is] = [
    [verdict('NL', 'UNDETERMINED'), verdict('BE', 'MET')],
    [verdict('NL', 'MET'), verdict('BE', 'MET'), verdict('RO', 'MET')],
  ];
  expect(changedVerdicts(was, is)).toEqual([{ under: 'NL', from: 'UNDETERMINED', to: 'MET' }]);
  expect(changedVerdicts([], is)).toEqual([]);
});

function nearest(offences: Readonly<Record<string, string>>): string | undefined {
  return nearestOffence(judgement(offences))?.variant;
}

function judgement(offences: Readonly<Record<string, string>>): JudgementAnswer {
  const rank = ['NOT_MET', 'UNDETERMINED', 'MET'];
  const variants = Object.entries(offences).map(([variant, verdicts]) => {
    const trace = verdicts
      .split(' ')
      .map((one) => ({ kind: 'ACT', verdict: one, metBy: [], inferred: false, unknown: [] }));
    const lowest = Math.min(...trace.map((element) => rank.indexOf(element.verdict)));
    return { variant, verdict: rank[lowest] ?? '', trace };
  });
  return { under: 'XX', verdict: 'UNDETERMINED', variants, asks: [], deciders: [] };
}

function decider(toward: string, concepts: readonly string[]): JudgementAnswer['deciders'][number] {
  return { toward, facts: concepts.map((concept) => ({ concept, present: false })) };
}

function verdict(under: string, outcome: string): { readonly under: string; readonly verdict: string } {
  return { under, verdict: outcome };
}
