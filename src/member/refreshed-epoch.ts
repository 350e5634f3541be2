import { CustodianRefusal, isRefreshOf, type SignedEpoch } from '../protocol/custodian/index.js';
import { isExpected } from './member-error.js';
import { fetchEpochs } from './pseudonymise.js';

/**
 * A later generation of an epoch, from its own custodians, for the time between their refresh and its publication at the hub. It is believed because all of them
 * signed it with the keys that signed the epoch, and because it has the same public keys. Throws `CustodianRefusal` EPOCH_STALE when none of them has one whole.
 */
export async function refreshedSince({ description }: SignedEpoch): Promise<SignedEpoch> {
  const known = new Map(description.custodians.map(({ code, key }) => [code, key.kid]));
  const served = await Promise.all(description.custodians.map(({ url }) => epochsAt(url, known, description.epoch)));
  const [newest] = served
    .flat()
    .filter((epoch) => isRefreshOf(description, epoch.description))
    .sort((a, b) => b.description.generation - a.description.generation);
  if (newest) return newest;
  throw new CustodianRefusal(
    'EPOCH_STALE',
    'The custodians are refreshing their shares just now.',
    'Run the same command again in a few minutes; the tokens stay the same.',
    ['events', 'generation'],
  );
}

/** What one custodian serves of an epoch; nothing when it is away, or what it serves does not verify by these keys. */
async function epochsAt(
  url: string,
  known: ReadonlyMap<string, string>,
  epoch: string,
): Promise<readonly SignedEpoch[]> {
  try {
    return await fetchEpochs(url, known, epoch);
  } catch (error) {
    if (!isExpected(error)) throw error;
    return [];
  }
}
