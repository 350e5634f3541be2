import { describe, expect, it } from '@jest/globals';
import { readOntology } from '../../../src/ontology/index.js';
import { legalFacts } from '../../../src/statistics/counting/legal-facts.js';
import { drawCases } from '../../bench/engine.js';

describe('what laws ask about in a case', () => {
  it('is judged by every variant as the case is, and says of nothing beside that it is there', () => {
    const { engine, concepts } = readOntology();
    let settled = 0;
    for (const facts of drawCases(concepts, 2_000)) {
      const prepared = engine.prepare(facts);
      const verdicts = engine.judgeAll(prepared).slice();
      const legal = legalFacts(engine, prepared, facts);
      expect([...engine.judgeAll(engine.prepare(legal))]).toEqual([...verdicts]);
      const chosen = new Set(legal.oneOf.flat());
      for (const concept of [...legal.present, ...legal.absent.filter((one) => !chosen.has(one))])
        expect(concept).toMatch(/^(act|means|purpose|age|movement)\//);
      settled += verdicts.filter((one) => engine.verdictOf(one) !== 'UNDETERMINED').length;
    }
    expect(settled).toBeGreaterThan(1_000);
  });
});
