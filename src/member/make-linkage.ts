import { encodeBase64url, writeDisclosure, type AlertContent, type Purpose } from '../protocol/index.js';
import type { SignedEpoch } from '../protocol/custodian/index.js';
import { deriveLinkageKeys, encodeLinkageKey, type Identity, type LinkageKey } from '../protocol/linkage/index.js';
import type { OfficerSeat } from './key-store.js';
import { profileNamed } from './linkage-profile.js';
import { evaluateTokens, type CustodianReport, type EvaluationOptions, type TokenInput } from './pseudonymise.js';

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
  readonly seat: OfficerSeat;
  /** The alert that they belong to. */
  readonly alert: string;
  readonly purpose: Purpose;
  /** The id that the custodians are told when it is not the alert's: a custodian answers once for each id, and an update needs tokens anew (C8). */
  readonly askedAs?: string;
}

/** The tokens of one epoch, and what became of each custodian that was asked. */
export interface EpochTokens {
  readonly epoch: string;
  readonly tokens: readonly { readonly key: string; readonly token: string }[];
  readonly reports: readonly CustodianReport[];
}

/** What becomes of an identity: tokens beside the statement, or the reason why there are none. */
export type MadeLinkage =
  | {
      readonly kind: 'made';
      readonly linkage: NonNullable<AlertContent['linkage']>;
      readonly disclosure: string;
      readonly epochs: readonly EpochTokens[];
    }
  | { readonly kind: 'none'; readonly why: 'record-too-weak' | 'no-open-epoch' };

/**
 * Makes the tokens of a record in every open epoch, and the disclosure that goes beside the alert's statement (PROTOCOL.md, K1, K2).
 * Throws `Refusal` PROFILE_UNKNOWN, and what `evaluateTokens` throws when too few custodians answer rightly.
 */
export async function makeLinkage(order: LinkageOrder, options: EvaluationOptions = {}): Promise<MadeLinkage> {
  const { identity, agreement, seat, alert, purpose } = order;
  const { keys } = deriveLinkageKeys(identity, await profileNamed(agreement.profile));
  if (keys.length === 0) return { kind: 'none', why: 'record-too-weak' };
  if (agreement.epochs.length === 0) return { kind: 'none', why: 'no-open-epoch' };
  const asked = { alert: order.askedAs ?? alert, purpose };
  const epochs = await Promise.all(
    agreement.epochs.map(async (epoch): Promise<EpochTokens> => {
      const name = epoch.description.epoch;
      const { tokens, reports } = await evaluateTokens(inputsOf(keys, name), epoch, seat, asked, options);
      return {
        epoch: name,
        // In an order that says nothing of the record.
        tokens: tokens
          .map(({ keyId, token }) => ({ key: keyId, token: encodeBase64url(token) }))
          .sort((a, b) => (`${a.key} ${a.token}` < `${b.key} ${b.token}` ? -1 : 1)),
        reports,
      };
    }),
  );
  const { disclosure, digest } = writeDisclosure({
    alert,
    epochs: epochs.map(({ epoch, tokens }) => ({ epoch, tokens })),
  });
  return { kind: 'made', linkage: { profile: agreement.profile, digest }, disclosure, epochs };
}

/** The keys as they are blinded in one epoch, each once: two documents that differ in one character have a shortened number in common. */
function inputsOf(keys: readonly LinkageKey[], epoch: string): readonly TokenInput[] {
  const inputs = new Map<string, TokenInput>();
  for (const key of keys) {
    const encoded = encodeLinkageKey(epoch, key);
    inputs.set(encodeBase64url(encoded), { keyClass: key.class, keyId: key.id, encoded });
  }
  return [...inputs.values()];
}
