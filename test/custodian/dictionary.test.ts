import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ChainRecord } from '../../src/custodian/index.js';
import { CustodianRefusal } from '../../src/protocol/custodian/index.js';
import type { ElementsByClass } from '../../src/protocol/oprf/index.js';
import { ServiceStage } from './service-stage.js';

const NAMES = 10_000;
const GUESSES_AN_ALERT = 24;
const DAY = 86_400;

let stage: ServiceStage;
beforeEach(async () => {
  stage = await ServiceStage.set();
});
afterEach(async () => {
  await stage.strike();
});

/** Asks until the custodian refuses; how many alerts it answered, and with what it refused. */
async function askAll(
  wanted: number,
  elements = (): ElementsByClass => stage.elements(),
): Promise<{ answered: number; refused: string | null }> {
  for (let answered = 0; answered < wanted; answered++) {
    try {
      await stage.ask({ elements: elements() });
    } catch (error) {
      if (error instanceof CustodianRefusal) return { answered, refused: error.code };
      throw error;
    }
  }
  return { answered: wanted, refused: null };
}

describe('a member that tries a dictionary of 10,000 names with one date of birth', () => {
  it('is stopped on the first day after ten alerts, and the attempt stands in the chain', async () => {
    expect(await askAll(Math.ceil(NAMES / GUESSES_AN_ALERT))).toEqual({ answered: 10, refused: 'BUDGET_OFFICER' });
    const kinds = readFileSync(stage.chainFile, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): ChainRecord => JSON.parse(line))
      .map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'evaluated')).toHaveLength(10);
    expect(kinds.filter((kind) => kind === 'refused')).toHaveLength(1);
  });

  it('needs more than five weeks for it, asking all that it may every day', async () => {
    let alerts = 0;
    let days = 0;
    while (alerts * GUESSES_AN_ALERT < NAMES) {
      alerts += (await askAll(Math.ceil(NAMES / GUESSES_AN_ALERT))).answered;
      days++;
      stage.now += DAY;
    }
    expect(days).toBeGreaterThan(35);
  }, 120_000);

  it('can try no more than 240 values a day of those that need no whole date', async () => {
    let tried = 0;
    for (let alert = 0; alert < 12; alert++) {
      const { answered, refused } = await askAll(1, () => stage.elements({ PARTIAL: 24 }));
      if (answered === 0) expect(refused).toMatch(/^BUDGET_(PARTIAL|OFFICER)$/);
      tried += answered * 24;
    }
    expect(tried).toBe(240);
  });
});
