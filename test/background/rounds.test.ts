import { beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { BackgroundWork, Rounds } from '../../src/background/index.js';

beforeAll(() => {
  Logger.overrideLogger(false); // rounds that fail say so
});

/** Rounds that count themselves. */
function counting(round: () => Promise<void> = () => Promise.resolve()) {
  const made = { rounds: 0 };
  const rounds = new Rounds('Counting', { everyMs: 60_000, atOnce: true }, () => {
    made.rounds++;
    return round();
  });
  return { made, rounds };
}

describe('background work', () => {
  it('is not done before it is begun, even when it is called', async () => {
    const { made, rounds } = counting();
    await rounds.wake();
    expect(made.rounds).toBe(0);
  });

  it('is done once it is begun, and ends with the program', async () => {
    const work = new BackgroundWork();
    const { made, rounds } = counting();
    work.add(rounds);
    await work.begin();
    await rounds.wake();
    const before = made.rounds;
    expect(before).toBeGreaterThan(0);
    await work.beforeApplicationShutdown();
    await rounds.wake();
    expect(made.rounds).toBe(before);
  });

  it('does not begin any more when the program is ending', async () => {
    const work = new BackgroundWork();
    const { made, rounds } = counting();
    work.add(rounds);
    await work.beforeApplicationShutdown();
    await work.begin();
    await rounds.wake();
    expect(made.rounds).toBe(0);
  });

  it('goes on with a worker that could not begin, and begins none of the others twice', async () => {
    const work = new BackgroundWork();
    const begun: string[] = [];
    let fails = true;
    const worker = (name: string, fault = () => false) => ({
      begin: () => {
        begun.push(name);
        if (fault()) throw new Error('not yet');
      },
      stop: () => Promise.resolve(),
    });
    work.add(worker('one'));
    work.add(worker('two', () => fails));
    await expect(work.begin()).rejects.toThrow('not yet');
    fails = false;
    await work.begin();
    expect(begun).toEqual(['one', 'two', 'two']);
  });
});

describe('rounds', () => {
  it('are made one at a time, and once more for whoever calls while one is under way', async () => {
    let [underWay, most] = [0, 0];
    const { made, rounds } = counting(async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 20));
      underWay--;
    });
    rounds.begin();
    await Promise.all([rounds.wake(), rounds.wake(), rounds.wake()]);
    expect({ most, made: made.rounds }).toEqual({ most: 1, made: 2 });
    await rounds.stop();
  });

  it('go on after one that failed', async () => {
    const { made, rounds } = counting(() => Promise.reject(new Error('this one')));
    rounds.begin();
    await rounds.wake();
    await rounds.wake();
    expect(made.rounds).toBe(2);
    await rounds.stop();
  });
});
