import {
  CustodianRefusal,
  type ByClass,
  type EpochDescription,
  type SignedEpoch,
} from '../protocol/custodian/index.js';
import type { Element, Scalar } from '../protocol/oprf/index.js';

/** An epoch that this custodian serves: what everybody signed, its own shares, and what it committed to. */
export interface ServedEpoch extends SignedEpoch {
  readonly shares: ByClass<Scalar>;
  readonly commitments: ByClass<Element>;
}

/** The epochs of a custodian. */
export interface HeldEpochs {
  /** All that can be served, in order of their names. */
  all(): readonly ServedEpoch[];
  /** The names of all that lie here, those included that cannot be served. */
  names(): readonly string[];
}

/** The epoch that a request names. Throws `CustodianRefusal` EPOCH_UNKNOWN or EPOCH_STALE. `now` in seconds since 1970. */
export function epochFor(
  held: HeldEpochs,
  { epoch, generation }: { readonly epoch: string; readonly generation: number },
  now: number,
): ServedEpoch {
  const found = held.all().find(({ description }) => description.epoch === epoch);
  if (!found || !isOpen(found.description, now))
    throw new CustodianRefusal(
      'EPOCH_UNKNOWN',
      'This custodian does not serve that epoch now.',
      'Fetch the epochs again, and ask in one that is open.',
      ['events', 'epoch'],
    );
  if (found.description.generation !== generation)
    throw new CustodianRefusal(
      'EPOCH_STALE',
      'The shares of that epoch are of another generation.',
      'Fetch the epochs again; the tokens stay the same.',
      ['events', 'generation'],
    );
  return found;
}

function isOpen({ validFrom, validUntil }: EpochDescription, now: number): boolean {
  return now >= validFrom && now < validUntil;
}
