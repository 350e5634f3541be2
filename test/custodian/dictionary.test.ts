import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CustodianRefusal } from '../../src/protocol/custodian/index.js';
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

/** Asks until the custodian refuses; how many alerts it answered. */
async function askAll(wanted: number): Promise<number> {
  for (let answered = 0; answered < wanted; answered++) {
    try {
      await stage.ask();
    } catch (error) {
      if (error instanceof CustodianRefusal) return answered;
      throw error;
    }
  }
  return wanted;
}

describe('a member that tries a dictionary of 10,000 names with one date of birth', () => {
  it('needs more than five weeks for it, asking all that it may every day', async () => {
    let alerts = 0;
    let days = 0;
    while (alerts * GUESSES_AN_ALERT < NAMES) {
      alerts += await askAll(Math.ceil(NAMES / GUESSES_AN_ALERT));
      days++;
      stage.now += DAY;
    }
    expect(days).toBeGreaterThan(35);
  });
});
