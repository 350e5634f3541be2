import type { Statement, Transaction } from '../database/index.js';
import { CLOCK_SKEW_SECONDS } from '../protocol/index.js';
import { SequencerFault } from './sequencer-fault.js';

const NOW: Statement = {
  name: 'log-clock',
  text: 'SELECT extract(epoch FROM clock_timestamp())::float8 AS now',
};

/**
 * The date of the next head, seconds since 1970: the database's clock, as all nodes have it. `before` is that of the head before, or 0; no date goes back (T7),
 * so that one wrong date would be that of all heads after it. Throws `SequencerFault` CLOCK_DIFFERS, LOG_HEAD_AHEAD.
 */
export async function dateAfter(transaction: Transaction, before: number): Promise<number> {
  const [clock] = await transaction.query<{ now: number }>(NOW);
  if (!clock) throw new Error('a database without a clock');
  const { now } = clock;
  if (Math.abs(Date.now() / 1000 - now) > CLOCK_SKEW_SECONDS) throw new SequencerFault('CLOCK_DIFFERS');
  if (before > now + CLOCK_SKEW_SECONDS) throw new SequencerFault('LOG_HEAD_AHEAD');
  return Math.max(Math.floor(now), before);
}
