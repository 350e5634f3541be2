import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testHub } from '../support/hub.js';
import { LinkageStage, pair, somebody } from './linkage-stage.js';

let stage: LinkageStage;

beforeAll(async () => {
  stage = await LinkageStage.on(await testHub());
});
afterAll(() => stage.hub.stop());

describe('two alerts about one person', () => {
  it('of two members are suggested to both, once', async () => {
    const person = somebody();
    const first = await stage.raise(stage.ro, person);
    const second = await stage.raise(stage.al, person);
    await stage.raise(stage.al, somebody());
    await stage.matched();
    expect(await stage.pairs()).toEqual([pair(first, second)]);
    const links = await stage.rows('SELECT level, decoy, state, lapses_at - suggested_at AS open FROM link');
    expect(links).toEqual([{ level: 'link', decoy: false, state: 'suggested', open: { days: 90 } }]);
    const sides = await stage.rows('SELECT side, member FROM link_side ORDER BY side');
    expect(sides.map(({ side }) => side)).toEqual([1, 2]);
    expect(new Set(sides.map(({ member }) => member))).toEqual(new Set(['ro-liaison', 'al-ngo']));
  });
});
