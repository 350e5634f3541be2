import type { Statement, Transaction } from '../database/index.js';
import type { CandidateRow } from './candidate-search.js';

/** How many records of one sender are found by one token. */
export const MOST_OF_ONE_SENDER = 8;

const FORGET: Statement = {
  name: 'linkage-token-forget',
  text: 'DELETE FROM linkage_token t USING unnest($1::bytea[], $2::bigint[]) AS g (token, record) WHERE t.token = g.token AND t.record = g.record',
};

/**
 * Takes tokens from the older records of the sender whose record now gets them too, whether or not they look alike. Otherwise one member could fill a token with alerts of its own until it
 * counts as too common, and nobody else's alert would ever meet the person again; and each other holder would be sent as many suggestions. A member that holds more than so many
 * persons who share a token finds the older of them by their other tokens.
 */
export async function makeRoom(
  transaction: Transaction,
  own: readonly Pick<CandidateRow, 'id' | 'shared'>[],
  tokens: readonly string[],
): Promise<void> {
  const surplus = tokens.flatMap((token, at) =>
    own
      .filter(({ shared }) => shared.includes(at + 1))
      .sort((a, b) => Number(b.id) - Number(a.id))
      .slice(MOST_OF_ONE_SENDER - 1)
      .map(({ id }) => ({ token: Buffer.from(token, 'hex'), id })),
  );
  if (surplus.length > 0)
    await transaction.query(FORGET, [surplus.map(({ token }) => token), surplus.map(({ id }) => id)]);
}
