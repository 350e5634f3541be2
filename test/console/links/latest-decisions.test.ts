import { describe, expect, it } from '@jest/globals';
import { latestDecisions } from '../../../src/console/links/latest-decisions.js';
import type { LinkStatementRead } from '../../../src/member/index.js';

function decision(from: string, event: LinkStatementRead['event'], body: LinkStatementRead['body']): LinkStatementRead {
  return { from, event, body, at: '2026-11-30T12:00:00.000Z', hash: `${from}${event}`, kid: 'k' };
}

describe('the decisions that stand', () => {
  it('are the last of each holder, one’s own first', () => {
    const episode = { exit: 'exited', began: '2024' };
    const standing = latestDecisions(
      [
        decision('de-lotse', 'linkRejected', { reason: 'cannot-tell' }),
        decision('bg-most', 'linkConfirmed', { episode }),
        decision('de-lotse', 'linkConfirmed', { episode: { exit: 'unknown' } }),
      ],
      'bg-most',
    );
    expect(standing.map((one) => [one.decision.from, one.decision.event])).toEqual([
      ['bg-most', 'linkConfirmed'],
      ['de-lotse', 'linkConfirmed'],
    ]);
    expect(standing[0]?.episode).toEqual(episode);
  });

  it('state no episode when they say no', () => {
    expect(
      latestDecisions([decision('bg-most', 'linkRejected', { reason: 'safety' })], 'bg-most')[0]?.episode,
    ).toBeNull();
  });
});
