import { CLOCK_SKEW_SECONDS, Refusal } from '../protocol/index.js';
import { readEpoch, type SignedEpoch } from '../protocol/custodian/index.js';
import { loadSodiumRistretto, type Ristretto } from '../protocol/oprf/index.js';
import { custodianPins, type Thumbprints } from './custodian-pins.js';
import { assertNoWeaker, termsAfter, weakestTerms } from './custodian-terms.js';
import { LINKAGE, type LinkageAnswer } from './documents/linkage.js';
import type { HubAddress } from './seats.js';
import { MemberError } from './member-error.js';
import { openQuery } from './open-query.js';
import type { Place } from './place.js';

/** By what tokens are made in this accord, verified. */
export interface Agreement {
  /** The profile of linkage keys, `name/version`. */
  readonly profile: string;
  /** The epochs that are open, the newest first: tokens are made in each. */
  readonly epochs: readonly SignedEpoch[];
  /** The custodians' keys that this place holds for right. */
  readonly known: Thumbprints;
}

export interface AgreementOptions {
  /** Takes the custodians' keys that the hub names in the place of those that were pinned. */
  readonly acceptCustodians?: boolean;
  /** Takes epochs in which no fewer custodians than this evaluate together, though there were more when this place saw them first. */
  readonly acceptThreshold?: number;
  /** The group's library; libsodium when left out. */
  readonly group?: Ristretto;
}

/** More than any agreement has at once (K1): who names more wants more evaluations of a name than it should get. */
const MOST_EPOCHS = 2;

/**
 * Asks the hub by what tokens are made, and verifies each epoch: all its custodians signed it, with the keys that this place pinned when it saw them first,
 * and no fewer have to evaluate together than then. Throws `MemberError` NOT_VERIFIED when a custodian has another key than was pinned, or is one that was not
 * there before, when the threshold is lower or the custodians are more, or when an epoch does not verify.
 */
export async function fetchAgreement(
  { hub, audience }: HubAddress,
  store: Place,
  { acceptCustodians = false, acceptThreshold, group }: AgreementOptions = {},
): Promise<Agreement> {
  const { linkage } = await openQuery<{ linkage: LinkageAnswer }>(hub, LINKAGE);
  const named: Thumbprints = new Map(linkage.custodians.map(({ code, thumbprint }) => [code, thumbprint]));
  const pins = custodianPins(store, audience);
  const pinned = await pins.load();
  const before: Thumbprints = new Map(Object.entries(pinned?.keys ?? {}));
  const takesNamed = pinned === null || acceptCustodians;
  if (!takesNamed) assertUnchanged(before, named);
  const known: Thumbprints = takesNamed ? new Map([...before, ...named]) : before;
  const epochs = await verifyEpochs(group ?? (await loadSodiumRistretto()), linkage.epochs, known, audience);
  // Pinned only once something verified under them.
  if (epochs.length > 0) {
    const [open, accepted] = [weakestTerms(epochs), acceptThreshold ?? null];
    // Who the custodians are now was accepted with their number.
    const terms = pinned && acceptCustodians ? { ...pinned, custodians: null } : pinned;
    assertNoWeaker(open, terms, accepted);
    const next = { keys: Object.fromEntries(known), ...termsAfter(open, terms, accepted) };
    if (JSON.stringify(next) !== JSON.stringify(pinned)) await pins.save(next);
  }
  return { profile: linkage.profile, epochs, known };
}

function assertUnchanged(pinned: Thumbprints, named: Thumbprints): void {
  const changed = [...named].filter(([code, thumbprint]) => (pinned.get(code) ?? thumbprint) !== thumbprint);
  if (changed.length > 0) throw strange(`with another key than before: ${changed.map(([code]) => code).join(', ')}`);
}

async function verifyEpochs(
  group: Ristretto,
  epochs: LinkageAnswer['epochs'],
  known: Thumbprints,
  audience: string,
): Promise<readonly SignedEpoch[]> {
  if (epochs.length > MOST_EPOCHS) throw untrusted('It names more epochs than an accord has open.');
  const read = await Promise.all(
    epochs.map(async ({ statements }) => {
      try {
        return await readEpoch(group, statements, known);
      } catch (cause) {
        if (!(cause instanceof Refusal)) throw cause;
        throw cause.path.at(-1) === 'custodians'
          ? strange('that were not there before, or with other keys', cause)
          : untrusted(cause.message, cause);
      }
    }),
  );
  const now = Date.now() / 1000;
  const [latest, earliest] = [now + CLOCK_SKEW_SECONDS, now - CLOCK_SKEW_SECONDS];
  for (const { description } of read) {
    if (description.audience !== audience) throw untrusted('An epoch is for another accord.');
    if (latest < description.validFrom || earliest >= description.validUntil) throw untrusted('An epoch is not open.');
  }
  return read.sort((a, b) => b.description.validFrom - a.description.validFrom);
}

/** The custodians changed. It may be in order, and may be a hub that wants to make every token itself. */
function strange(how: string, cause?: Refusal): MemberError {
  return new MemberError(
    'NOT_VERIFIED',
    `The hub names custodians ${how}.`,
    'Compare the thumbprints with what the custodians themselves publish, and ask them why. Then give --accept-custodians once.',
    ['linkage', 'custodians'],
    { cause },
  );
}

function untrusted(why: string, cause?: Refusal): MemberError {
  return new MemberError(
    'NOT_VERIFIED',
    `The epochs that the hub names do not verify. ${why}`,
    'Make no tokens; tell the members of the accord and the custodians.',
    ['linkage', 'epochs'],
    { cause },
  );
}
