import { alertIdOf, decodeStatement, Refusal, type DecodedStatement } from '../protocol/index.js';
import {
  assembleBundle,
  findInReceipt,
  LogFault,
  readReceipt,
  type EvidenceBundle,
  type Receipt,
} from '../protocol/transparency/index.js';
import { certificateOf, membershipOf } from './bundle-membership.js';
import { RECEIPT_OF_ALERT, type ReceiptOfAlertAnswer } from './documents/transparency.js';

import { knowMembers } from './known-members.js';
import type { LogWitness } from './log-witness.js';
import type { MemberClient } from './member-client.js';
import { MemberError } from './member-error.js';
import { assertTrusted } from './member-trust.js';
import type { Place } from './place.js';

/** A head and a member's signature under it, both compact. */
export interface CosignedHead {
  readonly head: string;
  readonly cosignature: string;
}

/** A statement and the hub's receipt for it, compact. */
export interface Receipted {
  readonly statement: string;
  readonly receipt: string;
}

/** The statement in force of an alert that one may read, and the hub's receipt for it, unless that is given. Throws `Refusal` NOT_FOUND. */
export async function receiptOfAlert(client: MemberClient, id: string, receipt: string | null): Promise<Receipted> {
  const { alert } = await client.query<ReceiptOfAlertAnswer>(RECEIPT_OF_ALERT, { id });
  if (!alert)
    throw new Refusal(
      'NOT_FOUND',
      'There is no such alert, or you may not read it for this purpose.',
      'Check the id.',
      ['alert'],
    );
  const found = receipt ?? alert.receipt;
  if (found !== null) return { statement: alert.statement, receipt: found };
  throw new MemberError(
    'BAD_INPUT',
    'The hub gives no receipt for this alert.',
    'Give the one that came with it, with --receipt.',
    ['receipt'],
  );
}

/** The statement that a receipt is for, from the hub: that of an alert that one may read. Throws `MemberError` BAD_INPUT when the hub does not show it. */
export async function statementOfReceipt(client: MemberClient, receipt: Receipt, jti: string): Promise<string> {
  const accepted = receipt.accepted.find((one) => one.jti === jti);
  const { alert } = await client.query<ReceiptOfAlertAnswer>(RECEIPT_OF_ALERT, { id: alertIdOf(receipt.issuer, jti) });
  const shown = alert ? [alert.statement, ...alert.history] : [];
  const found = shown.find((one) => decodeStatement(one).payloadHash === accepted?.payloadHash);
  if (found !== undefined) return found;
  throw new MemberError(
    'BAD_INPUT',
    'The hub does not show you the statement that this receipt is for.',
    'Give the signed statement itself with --statement.',
    ['statement'],
  );
}

/**
 * Puts together all that shows, far from any hub, who said this, for whom, and that the log has it (T16): under the head that members cosigned, where some did,
 * else under the present one. Throws `LogFault` when a part does not hold;
 * `MemberError` NOT_VERIFIED for a member that this place does not trust.
 */
export async function collectEvidence(
  client: MemberClient,
  store: Place,
  witness: LogWitness,
  { statement, receipt: compact }: Receipted,
  cosigned: readonly CosignedHead[] = [],
): Promise<EvidenceBundle> {
  const decoded = decodeStatement(statement);
  const issuer = issuerOf(decoded, client.audience);
  const { list, trust } = await knowMembers(client, store);
  assertTrusted(trust, issuer);
  const receipt = await readReceipt(compact, witness.trusted.log);
  const { payloadHash } = decoded;
  const jti = receipt.accepted.find((one) => one.payloadHash === payloadHash)?.jti ?? '';
  findInReceipt(receipt, { issuer, jti, payloadHash });
  const { under, cosignatures, witnesses } = readCosigned(cosigned);
  const { head, inclusion } = await witness.prove(receipt, jti, under);
  const certificate = await certificateOf(issuer, decoded, list);
  const membership = membershipOf(issuer, list, witnesses);
  const { heads, consistency } = await witness.span(head);
  const parts = { statement, certificate, membership, receipt: compact, inclusion, heads, consistency, cosignatures };
  return assembleBundle(parts, witness.trusted);
}

/** The one head that members cosigned, null for none, and who did. Throws `MemberError` BAD_INPUT for several heads. */
function readCosigned(cosigned: readonly CosignedHead[]): {
  readonly under: string | null;
  readonly cosignatures: readonly string[];
  readonly witnesses: readonly string[];
} {
  const [under = null, ...others] = new Set(cosigned.map(({ head }) => head));
  if (others.length > 0)
    throw new MemberError(
      'BAD_INPUT',
      'The members cosigned several heads, and a bundle has one.',
      'Give those of one head.',
      ['cosigned'],
    );
  const cosignatures = cosigned.map(({ cosignature }) => cosignature);
  const signers = cosignatures.map((one) => decodeStatement(one).claims['iss']);
  return { under, cosignatures, witnesses: signers.filter((iss) => typeof iss === 'string') };
}

function issuerOf({ claims }: DecodedStatement, audience: string): string {
  const { iss } = claims;
  if (typeof iss === 'string' && iss !== audience) return iss;
  throw new LogFault(
    'NOT_VOUCHED',
    'The hub itself said this: there is no member and no officer to show.',
    'Make evidence of the two alerts that it rests on.',
    ['statement'],
  );
}
