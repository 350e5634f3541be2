import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BackgroundWork } from '../../src/background/index.js';
import { testHub, type TestHub } from '../support/hub.js';
import { organisation, type TestOrganisation } from '../support/organisation.js';
import { beginning, steps } from './drawn-steps.js';
import { Story } from './story.js';
import { COUNTRIES } from './story-cast.js';

/** What takes a quorum. */
const DECISIONS = ['pending to active', 'active to suspended', 'suspended to active'];

let hub: TestHub;
let organisations: readonly TestOrganisation[];
/** What the stories came to, so that the test cannot pass by telling of nothing. */
const turns = new Set<string>();

beforeAll(async () => {
  hub = await testHub();
  // Each story empties the tables, at which what the hub does by itself would stand in the way.
  await hub.app.get(BackgroundWork).beforeApplicationShutdown();
  organisations = await Promise.all(
    COUNTRIES.map((country, place) => organisation(country, `house-${place}`, 'ngo', ['protection'])),
  );
});
afterAll(() => hub.stop());

/** Holds each change of a state against what was published: the signed statements alone have to bear it out. */
async function audit(story: Story, before: readonly string[], after: readonly string[]): Promise<void> {
  for (const [place, state] of after.entries()) {
    const turn = `${before[place] ?? ''} to ${state}`;
    if (state === before[place] || !DECISIONS.includes(turn)) continue;
    turns.add(turn);
    expect((await story.countriesBehindDecision(place)).size).toBeGreaterThanOrEqual(2);
  }
}

describe('whatever members say in whatever order', () => {
  it('nobody is admitted, suspended or brought back without the quorum, and hub and protocol agree on everybody', async () => {
    await fc.assert(
      fc.asyncProperty(beginning, steps, async (state, drawn) => {
        const story = await Story.begin(hub, organisations, state);
        for (const step of drawn) {
          const before = story.model.states;
          await story.perform(story.settle(step));
          const after = await story.states();
          expect(after).toEqual(story.model.states);
          await audit(story, before, after);
        }
      }),
      { numRuns: 60 },
    );
    expect([...turns].sort()).toEqual([...DECISIONS].sort());
  }, 300_000);
});
