import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { candidate, judge, judgeOne, keys, WHOLE } from './matching-stage.js';

const PERSON = ['T2+D/s:36', 'T2+D/m:36', 'T2+Y+C/s:27', 'T2+YM/s:27', 'T2+Md/s:27'];
const WITHOUT_PLACE = WHOLE.filter((id) => !id.includes('+P'));

describe('the level at which a candidate is offered', () => {
  it.each([
    ['link', 'two rare names, the full date and the place', ['T2+P/s:32', 'D+P:26', ...PERSON], WHOLE],
    ['link', 'two rare names and the full date, where no place is known', PERSON, WITHOUT_PLACE],
    ['link', 'a document with names and year', ['DOC:30', 'T2+Y+C/s:27'], WITHOUT_PLACE],
    ['possible', 'a document alone', ['DOC:30'], WHOLE],
    ['possible', 'two names and the year, where no more is known', ['T2+Y+C/s:32'], ['T2+Y+C/s:32']],
    ['possible', 'all but the place, which was tested', PERSON, WHOLE],
    ['none', 'two common names and the year, though both know the day', ['T2+Y+C/s:22'], [...WHOLE, 'T2+Y+C/s:22']],
    ['none', 'a full date and a place without any name', ['D+P:22'], [...WHOLE, 'D+P:22']],
    ['none', 'a year and a name that many have', ['T2+Y+C/s:22*40'], ['T2+Y+C/s:22']],
  ] as const)('is %s for %s', (level, _, shared, has) => {
    expect(judgeOne({ shared, has }, has).level).toBe(level);
  });

  it('is never link when gender or age differ, however much agrees', () => {
    for (const facts of [{ gender: 'differs' }, { ageBand: 'differs' }] as const)
      expect(judgeOne({ shared: [...PERSON, 'D+P:26', 'T2+P/s:32', 'DOC:30'], facts }).level).not.toBe('link');
  });

  it('is not link when another person of the table has all of the same rare keys', () => {
    const twice = PERSON.map((id) => `${id}*2`);
    const shared = { shared: twice, has: WITHOUT_PLACE };
    const matches = judge([candidate({ ...shared, group: 'a' }), candidate({ ...shared, group: 'b' })], WITHOUT_PLACE);
    expect(matches.map(({ level }) => level)).not.toContain('link');
    for (const { probability } of matches) expect(probability).toBeLessThanOrEqual(0.5);
  });

  it('is less where the table is larger', () => {
    const one = { shared: ['T2+Y+C/s:22'], has: ['T2+Y+C/s:22'] };
    const probabilities = [1_000, 100_000, 10_000_000].map((size) => judgeOne(one, one.has, size).probability);
    expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
    expect(judgeOne(one, one.has, 10_000_000).level).toBe('none');
  });
});

describe('candidates of one record', () => {
  it('compete, unless they are suggested to be one person already', () => {
    const shared = { shared: PERSON.map((id) => `${id}*2`), has: WITHOUT_PLACE };
    const rivals = judge([candidate({ ...shared, group: 'a' }), candidate({ ...shared, group: 'b' })], WITHOUT_PLACE);
    const same = judge([candidate({ ...shared, group: 'a' }), candidate({ ...shared, group: 'a' })], WITHOUT_PLACE);
    same.forEach(({ probability }, at) => {
      expect(probability).toBeGreaterThan(rivals[at]?.probability ?? 1);
    });
  });

  it('have probabilities that sum to no more than one over the groups, and never gain by more holders', () => {
    const ids = fc.subarray([...keys.keys()], { minLength: 1, maxLength: 8 });
    const drawn = fc.record({
      shared: ids,
      group: fc.constantFrom('a', 'b', 'c'),
      holders: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(
        fc.array(drawn, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 100, max: 1e6 }),
        (all, population) => {
          const has = [...keys.keys()];
          const judged = (more: number) =>
            judge(
              all.map(({ shared, group, holders }) =>
                candidate({ group, has, shared: shared.map((id) => `${id}*${holders + more}`) }),
              ),
              has,
              population,
            );
          const best = new Map<string, number>();
          for (const {
            candidate: { group },
            probability,
          } of judged(0)) {
            expect(probability).toBeGreaterThanOrEqual(0);
            best.set(group, Math.max(best.get(group) ?? 0, probability));
          }
          const sum = [...best.values()].reduce((total, probability) => total + probability, 0);
          expect(sum).toBeLessThanOrEqual(1 + 1e-9);
          if (best.size > 1) return;
          judged(5).forEach(({ probability }, at) => {
            expect(probability).toBeLessThanOrEqual((judged(0)[at]?.probability ?? 0) + 1e-12);
          });
        },
      ),
    );
  });
});

describe('what speaks for and against', () => {
  const bits = (shared: readonly string[], has: readonly string[], facts = {}) =>
    judgeOne({ shared, has, facts }, has).evidence;

  it('is counted once: a second key of the same attributes adds little', () => {
    const one = bits(['T2+YM/s:27'], ['T2+YM/s:27']);
    const both = bits(['T2+YM/s:27', 'T2+YM/m:27'], ['T2+YM/s:27', 'T2+YM/m:27']);
    expect(both).toBeGreaterThan(one);
    expect(both - one).toBeLessThan(2);
  });

  it('takes month and day from two keys as the full date', () => {
    const has = ['T2+YM/s:27', 'T2+Md/s:27'];
    expect(judgeOne({ shared: has, has }, has).agreement.date).toEqual(new Set(['Y', 'M', 'd']));
    expect(bits(has, has)).toBeGreaterThan(bits(['T2+YM/s:27'], ['T2+YM/s:27']));
  });

  it('holds a known date that does not agree against a pair, and an unknown one not', () => {
    const known = ['T2+Y+C/s:27', 'T2+D/s:36', 'T2+YM/s:27', 'T2+Md/s:27'];
    expect(bits(['T2+Y+C/s:27'], known)).toBeLessThan(bits(['T2+Y+C/s:27'], ['T2+Y+C/s:27']) - 3);
  });

  it('holds a place against a pair only where the keys would have shown it', () => {
    expect(bits(['T2+Y+C/s:27'], ['T2+Y+C/s:27', 'T2+Y+P/s:27'])).toBeLessThan(bits(['T2+Y+C/s:27'], ['T2+Y+C/s:27']));
    const untested = ['T2+Md/s:27', 'T2+YM/s:27'];
    expect(bits(['T2+Md/s:27'], [...untested, 'T2+Y+P/s:27'])).toBe(bits(['T2+Md/s:27'], untested));
  });

  it('takes facts for what they are worth, and a citizenship for nothing where the country of birth agrees', () => {
    const shared = ['T2+YM/s:27'];
    expect(bits(shared, shared, { gender: 'agrees' })).toBeGreaterThan(bits(shared, shared));
    expect(bits(shared, shared, { gender: 'differs' })).toBeLessThan(bits(shared, shared) - 4);
    const country = ['T2+Y+C/s:27'];
    expect(bits(country, country, { citizenship: 'agrees' })).toBe(bits(country, country));
  });

  it('tells a swap of day and month, and three names from two', () => {
    expect(judgeOne({ shared: ['T2+Y+dm/s:30'] }).agreement).toMatchObject({ swapped: true, names: 2 });
    const three = judgeOne({ shared: ['T2+D/s:36', 'T2+D/s:36', 'T2+D/s:30'] });
    expect(three.agreement.names).toBe(3);
    expect(judgeOne({ shared: ['T2+P/s:32', 'T2+P/s:26'] }).agreement).toMatchObject({ names: 2, places: 2 });
  });

  it('passes over keys of a profile that it does not know', () => {
    expect(judgeOne({ shared: ['T9+Z/x:30'] }).agreement.names).toBe(0);
  });
});
