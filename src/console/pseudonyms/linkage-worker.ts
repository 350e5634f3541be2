import { fetchAgreement, makeLinkage } from '../../member/index.js';
import { Refusal } from '../../protocol/index.js';
import { explain, type LinkageProfile } from '../../protocol/linkage/index.js';
import { nobleRistretto, nobleScrypt } from '../../protocol/oprf/index.js';
import { BrowserPlace, seatName } from '../place/index.js';
import { shippedProfile } from './shipped-profile.js';
import { toldOf, type FromWorker, type TokensAsked } from './worker-messages.js';

/** The page would stand still while keys are stretched, which is meant to take long; so it is done here. What is asked of the hub and the custodians is asked from here, too. */
addEventListener('message', ({ data }: MessageEvent<TokensAsked>) => {
  tokens(data).then(
    (linkage) => {
      say({ kind: 'made', linkage });
    },
    (error: unknown) => {
      say({ kind: 'failed', ...toldOf(error) });
    },
  );
});

async function tokens({ order, audience }: TokensAsked): Promise<Awaited<ReturnType<typeof makeLinkage>>> {
  const address = { hub: location.origin, audience };
  const place = new BrowserPlace(seatName(order.seat));
  const agreement = await fetchAgreement(address, place, { group: nobleRistretto });
  const total = agreement.epochs.length * explain(order.identity, shippedProfile()).keys.length;
  let done = 0;
  return makeLinkage(
    { ...order, agreement, profileNamed: (name) => Promise.resolve(profileNamed(name)) },
    {
      group: nobleRistretto,
      scrypt: async (...key) => {
        const stretched = await nobleScrypt(...key);
        say({ kind: 'progress', done: ++done, total });
        return stretched;
      },
    },
  );
}

function profileNamed(wanted: string): LinkageProfile {
  const { name, version } = shippedProfile();
  if (wanted === `${name}/${version}`) return shippedProfile();
  throw new Refusal(
    'PROFILE_UNKNOWN',
    'The accord makes tokens by another profile than this page has.',
    'Load the page again: the hub may have a newer one.',
    ['linkage', 'profile'],
  );
}

function say(told: FromWorker): void {
  postMessage(told);
}
