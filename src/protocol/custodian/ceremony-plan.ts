import { sha256Base64url } from '../digest.js';
import { parseStrictJsonObject } from '../statement/index.js';
import { readCustodians, readScryptN, type EpochDescription, type SignedEpoch } from './epoch.js';
import { Fields, malformed } from '../fields.js';
import { ADDRESS_FORM, EARLIEST, EPOCH_FORM, LATEST } from '../forms.js';

/** What custodians agree on before they make a key together: `schema/linkage/custodian.schema.json`. */
export interface GenerationPlan extends Omit<EpochDescription, 'keys' | 'transcript' | 'generation'> {
  readonly kind: 'generation';
  /** SHA-256 of the plan's text: what every message names. */
  readonly id: string;
}

/** A refresh of the shares of an epoch: everything else stays. */
export interface RefreshPlan {
  readonly kind: 'refresh';
  readonly id: string;
  /** The epoch as it stands before. */
  readonly before: SignedEpoch;
}

export type CeremonyPlan = GenerationPlan | RefreshPlan;

/** Reads the text of a plan to make keys. Throws `Refusal` SCHEMA_INVALID. */
export async function readGenerationPlan(text: string): Promise<GenerationPlan> {
  const value = parseStrictJsonObject(new TextEncoder().encode(text));
  if (!value) throw malformed([], 'strict JSON');
  const names = ['kind', 'epoch', 'audience', 'threshold', 'scryptN', 'validFrom', 'validUntil', 'custodians'];
  const fields = Fields.of(value, names);
  const custodians = await readCustodians(fields);
  const threshold = fields.number('threshold', 2, custodians.length);
  // With less than a majority two groups of custodians could each evaluate without the other's knowing.
  if (2 * threshold <= custodians.length) throw malformed(['threshold'], 'more than half of the custodians');
  return {
    kind: fields.oneOf('kind', ['generation']),
    id: sha256Base64url(text),
    ...{ custodians, threshold, scryptN: readScryptN(fields) },
    epoch: fields.text('epoch', EPOCH_FORM),
    audience: fields.text('audience', ADDRESS_FORM),
    validFrom: fields.number('validFrom', EARLIEST, LATEST),
    validUntil: fields.number('validUntil', EARLIEST, LATEST),
  };
}

/** The plan of the refresh of an epoch; all custodians derive the same. `attempt` is 1, and more when one before came to nothing. */
export function refreshPlan(before: SignedEpoch, attempt: number): RefreshPlan {
  return { kind: 'refresh', id: sha256Base64url(`symbolon refresh:${before.hash}:${attempt}`), before };
}

/** The custodians and the threshold of a plan. */
export function partiesOf(plan: CeremonyPlan): Pick<EpochDescription, 'custodians' | 'threshold'> {
  return plan.kind === 'generation' ? plan : plan.before.description;
}
