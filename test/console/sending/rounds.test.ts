import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Rounds, type Round } from '../../../src/console/sending/rounds.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** Rounds whose end the test decides. */
function heldRounds(): {
  readonly rounds: Rounds;
  readonly signals: AbortSignal[];
  readonly finish: (round: Round | Error) => void;
} {
  const signals: AbortSignal[] = [];
  let finish: (round: Round | Error) => void = () => undefined;
  const rounds = new Rounds((signal) => {
    signals.push(signal);
    return new Promise((resolve, reject) => {
      finish = (round) => (round instanceof Error ? reject(round) : resolve(round));
    });
  });
  return { rounds, signals, finish: (round) => finish(round) };
}

describe('sending again and again', () => {
  it('ends with the session, also when a round is under way: nothing more is sent for whoever left', async () => {
    const { rounds, signals, finish } = heldRounds();
    rounds.begin();
    rounds.end();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    finish({ tried: 1, sent: 1 });
    await jest.advanceTimersByTimeAsync(10 * 60_000);
    expect(signals).toHaveLength(1);
  });

  it('ends between two rounds as well', async () => {
    const { rounds, signals, finish } = heldRounds();
    rounds.begin();
    finish({ tried: 0, sent: 0 });
    await jest.advanceTimersByTimeAsync(1000);
    rounds.end();
    await jest.advanceTimersByTimeAsync(10 * 60_000);
    expect(signals).toHaveLength(1);
  });

  it('waits longer each time that something did not go, or failed altogether, and not for ever', async () => {
    const { rounds, signals, finish } = heldRounds();
    rounds.begin();
    for (const pause of [10_000, 20_000, 40_000, 60_000, 60_000]) {
      const before = signals.length;
      finish(before % 2 === 0 ? new Error('the outbox does not open') : { tried: 1, sent: 0 });
      await jest.advanceTimersByTimeAsync(pause - 1);
      expect(signals).toHaveLength(before);
      await jest.advanceTimersByTimeAsync(1);
      expect(signals).toHaveLength(before + 1);
    }
    rounds.end();
  });
});
