import type { Purpose } from '../protocol/index.js';
import type { SignedEpoch } from '../protocol/custodian/index.js';
import { deriveLinkageKeys, type Identity, type LinkageProfile } from '../protocol/linkage/index.js';
import { discloseTokens, tokensInEpoch, type DisclosedTokens, type EpochTokens } from './epoch-tokens.js';
import type { ActingSeat } from './seats.js';
import type { EvaluationOptions } from './pseudonymise.js';

/** By what the members of an accord make tokens. */
export interface LinkageBasis {
  /** The profile of linkage keys, `name/version`. */
  readonly profile: string;
  /** The epochs that are open. Tokens are made in each. */
  readonly epochs: readonly SignedEpoch[];
}

/** For whom and for what tokens are made. */
export interface LinkageOrder {
  readonly identity: Identity;
  readonly agreement: LinkageBasis;
  /** Gives the profile of linkage keys of a name. Throws `Refusal` PROFILE_UNKNOWN. */
  readonly profileNamed: (name: string) => Promise<LinkageProfile>;
  readonly seat: ActingSeat;
  /** The alert that they belong to. */
  readonly alert: string;
  readonly purpose: Purpose;
  /** The id that the custodians are told when it is not the alert's: a custodian answers once for each id, and an update needs tokens anew (C8). */
  readonly askedAs?: string;
}

/** Why no tokens were made of an identity. */
export type NoLinkage = 'record-too-weak' | 'no-open-epoch';

/** What becomes of an identity: tokens beside the statement, or the reason why there are none. */
export type MadeLinkage =
  | ({ readonly kind: 'made'; readonly epochs: readonly EpochTokens[] } & DisclosedTokens)
  | { readonly kind: 'none'; readonly why: NoLinkage };

/**
 * Makes the tokens of a record in every open epoch, and the disclosure that goes beside the alert's statement (PROTOCOL.md, K1, K2).
 * Throws `Refusal` PROFILE_UNKNOWN, and what `evaluateTokens` throws when too few custodians answer rightly.
 */
export async function makeLinkage(order: LinkageOrder, options: EvaluationOptions = {}): Promise<MadeLinkage> {
  const { identity, agreement, seat, alert, purpose, profileNamed } = order;
  const { keys } = deriveLinkageKeys(identity, await profileNamed(agreement.profile));
  if (keys.length === 0) return { kind: 'none', why: 'record-too-weak' };
  if (agreement.epochs.length === 0) return { kind: 'none', why: 'no-open-epoch' };
  const asked = { alert: order.askedAs ?? alert, purpose };
  const epochs = await Promise.all(agreement.epochs.map((epoch) => tokensInEpoch(keys, epoch, seat, asked, options)));
  return { kind: 'made', epochs, ...discloseTokens(alert, agreement.profile, epochs) };
}
