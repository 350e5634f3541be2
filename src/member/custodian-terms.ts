import type { SignedEpoch } from '../protocol/custodian/index.js';
import type { PinnedCustodians } from './custodian-pins.js';
import { MemberError } from './member-error.js';

/** How many custodians at least evaluate together in the epochs that are open, and of how many at most. */
export interface CustodianTerms {
  readonly threshold: number;
  readonly custodians: number;
}

/** The weakest terms of epochs, one at least. */
export function weakestTerms(epochs: readonly SignedEpoch[]): CustodianTerms {
  return {
    threshold: Math.min(...epochs.map(({ description }) => description.threshold)),
    custodians: Math.max(...epochs.map(({ description }) => description.custodians.length)),
  };
}

/** Throws `MemberError` NOT_VERIFIED when fewer custodians than were pinned, or of more, could make tokens. `accepted` is what a person was told by custodians. */
export function assertNoWeaker(open: CustodianTerms, pinned: PinnedCustodians | null, accepted: number | null): void {
  const threshold = accepted ?? pinned?.threshold ?? 0;
  if (open.threshold < threshold)
    throw weaker(
      `In an epoch ${open.threshold} custodians together can make tokens by themselves; before it took ${threshold}.`,
      `Then give --accept-threshold ${open.threshold} once.`,
    );
  if (open.custodians > (pinned?.custodians ?? Infinity))
    throw weaker(
      `In an epoch ${open.custodians} custodians hold a share; before there were ${pinned?.custodians ?? 0}.`,
      'Then give --accept-custodians once.',
    );
}

/** The terms to pin: the threshold rises by itself, when no epoch with a lower one is open any more, and falls only when a person says so. */
export function termsAfter(
  open: CustodianTerms,
  pinned: PinnedCustodians | null,
  accepted: number | null,
): CustodianTerms {
  const threshold = accepted === null ? Math.max(pinned?.threshold ?? 0, open.threshold) : open.threshold;
  return { threshold, custodians: pinned?.custodians ?? open.custodians };
}

function weaker(what: string, then: string): MemberError {
  return new MemberError(
    'NOT_VERIFIED',
    what,
    `Make no tokens until several custodians told you, by another way than the hub, that they agreed on it. ${then}`,
    ['linkage', 'epochs', 'threshold'],
  );
}
