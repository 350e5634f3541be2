import { decodeStatement } from '../protocol/index.js';
import {
  readGrant,
  type Custodian,
  type CustodianRefusal,
  type EpochDescription,
  type ReadGrant,
} from '../protocol/custodian/index.js';
import { readCustodianRefusal } from './custodian-refusals.js';
import { limitedText } from './limited-body.js';
import { MemberError } from './member-error.js';

const MAX_ANSWER_BYTES = 16 * 1024;
const DEADLINE_MS = 15_000;

/** A granted budget as another member's officer signed it; its `jti` is what requests name (`TokenPurpose.grant`), its `epoch` the one it counts in. */
export interface SignedGrant extends ReadGrant {
  readonly statement: string;
}

/** What a custodian said to a grant: null when it took it, or had it already. */
export interface BroughtGrant {
  readonly custodian: string;
  readonly refusal: CustodianRefusal | null;
}

/** Reads a file of grants, one compact statement a line, as `symbolon custodian grant` writes it. Throws `Refusal`, `MemberError` BAD_INPUT when there are none. */
export function readGrants(text: string, audience: string): readonly SignedGrant[] {
  const lines = text.split(/\s+/).filter((line) => line !== '');
  if (lines.length === 0)
    throw new MemberError('BAD_INPUT', 'The file holds no grants.', 'Take what "symbolon custodian grant" wrote.', [
      'grants',
    ]);
  const now = Math.floor(Date.now() / 1000);
  return lines.map((statement) => ({ ...readGrant(decodeStatement(statement), audience, now), statement }));
}

/**
 * Brings a grant to custodians, which take it in by themselves (C15). Those that are away are left out of the answer, and can be brought it again.
 * Throws `MemberError` CUSTODIANS_AWAY when none answers.
 */
export async function bringGrant(
  { statement }: SignedGrant,
  custodians: readonly Pick<Custodian, 'code' | 'url'>[],
): Promise<readonly BroughtGrant[]> {
  const brought = await Promise.all(custodians.map((custodian) => bringOne(statement, custodian)));
  const answered = brought.filter((one) => one !== null);
  if (answered.length > 0) return answered;
  throw new MemberError('CUSTODIANS_AWAY', 'No custodian answers.', 'Try again later.', ['custodians']);
}

/**
 * Brings a grant to the custodians of its epoch, so many that its requests can be answered. Throws the refusal of one of them when too few took it,
 * `MemberError` CUSTODIANS_AWAY when too few answered.
 */
export async function bringToEpoch(
  grant: SignedGrant,
  { custodians, threshold }: Pick<EpochDescription, 'custodians' | 'threshold'>,
): Promise<readonly BroughtGrant[]> {
  const brought = await bringGrant(grant, custodians);
  if (brought.filter(({ refusal }) => refusal === null).length >= threshold) return brought;
  throw (
    brought.find(({ refusal }) => refusal !== null)?.refusal ??
    new MemberError('CUSTODIANS_AWAY', 'Too few custodians answer.', 'Bring it again later.', ['custodians'])
  );
}

async function bringOne(body: string, { code, url }: Pick<Custodian, 'code' | 'url'>): Promise<BroughtGrant | null> {
  try {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const headers = { 'content-type': 'application/jose' };
    const response = await fetch(`${url}/grants`, { method: 'POST', headers, body, redirect: 'error', signal });
    if (response.ok) return { custodian: code, refusal: null };
    const refusal = readCustodianRefusal((await limitedText(response, MAX_ANSWER_BYTES)) ?? '');
    return refusal && { custodian: code, refusal };
  } catch {
    return null;
  }
}
