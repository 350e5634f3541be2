import { encodeBase64url, writeDisclosure, type AlertContent, type DisclosedToken } from '../protocol/index.js';
import { CustodianRefusal, type SignedEpoch } from '../protocol/custodian/index.js';
import { encodeLinkageKey, type LinkageKey } from '../protocol/linkage/index.js';
import type { ActingSeat } from './seats.js';
import { refreshedSince } from './refreshed-epoch.js';
import {
  evaluateTokens,
  type CustodianReport,
  type EvaluationOptions,
  type TokenInput,
  type TokenPurpose,
} from './pseudonymise.js';

/** The tokens of one epoch, and what became of each custodian that was asked. */
export interface EpochTokens {
  readonly epoch: string;
  readonly tokens: readonly DisclosedToken[];
  readonly reports: readonly CustodianReport[];
}

/** Tokens beside a statement: what the statement says of them, and what goes beside it. */
export interface DisclosedTokens {
  readonly linkage: NonNullable<AlertContent['linkage']>;
  readonly disclosure: string;
}

/**
 * Makes the tokens of a record's keys in one epoch. Custodians that have refreshed their shares say so before the hub does (`EPOCH_STALE`): then by what they
 * all signed since, which makes the same tokens. Throws what `evaluateTokens` throws.
 */
export async function tokensInEpoch(
  keys: readonly LinkageKey[],
  epoch: SignedEpoch,
  seat: ActingSeat,
  asked: TokenPurpose,
  options: EvaluationOptions = {},
): Promise<EpochTokens> {
  const name = epoch.description.epoch;
  const inputs = inputsOf(keys, name);
  const { tokens, reports } = await evaluateTokens(inputs, epoch, seat, asked, options).catch(
    async (error: unknown) => {
      if (!(error instanceof CustodianRefusal) || error.code !== 'EPOCH_STALE') throw error;
      return evaluateTokens(inputs, await refreshedSince(epoch), seat, asked, options);
    },
  );
  return {
    epoch: name,
    // In an order that says nothing of the record.
    tokens: tokens
      .map(({ keyId, token }) => ({ key: keyId, token: encodeBase64url(token) }))
      .sort((a, b) => (`${a.key} ${a.token}` < `${b.key} ${b.token}` ? -1 : 1)),
    reports,
  };
}

/** Puts the tokens of an alert into a disclosure with a fresh salt (PROTOCOL.md, K2). `profile` is `name/version`. */
export function discloseTokens(
  alert: string,
  profile: string,
  epochs: readonly Pick<EpochTokens, 'epoch' | 'tokens'>[],
): DisclosedTokens {
  const { disclosure, digest } = writeDisclosure({
    alert,
    epochs: epochs.map(({ epoch, tokens }) => ({ epoch, tokens })),
  });
  return { linkage: { profile, digest }, disclosure };
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
