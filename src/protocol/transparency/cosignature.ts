import { CLOCK_SKEW_SECONDS, signPayload, type PublicKey, type Signer } from '../statement/index.js';
import { readSigned } from './known-log.js';
import { faulting, LogFault } from './log-fault.js';
import { EARLIEST, HASH_FORM, LATEST, MEMBER_CODE_FORM } from '../forms.js';
import type { TreeHead } from './tree-head.js';

/** The media type of a witness's signature under a tree head. */
export const COSIGNATURE_TYPE = 'cosignature+jwt';

/** That a member holds a head to follow all heads that it saw before. */
export interface Cosignature {
  readonly witness: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

/** Signs a head as its witness (T14). Only a head that `witnessHead` gave may be signed. */
export function signCosignature(head: TreeHead, { witness, issuedAt }: Cosignature, key: Signer): Promise<string> {
  return signPayload({ iss: witness, aud: head.audience, iat: issuedAt, head: head.hash }, key, COSIGNATURE_TYPE);
}

/**
 * Reads a cosignature under this head by the holder of this key, which comes from the member list and counts at the time that the cosignature says. Throws
 * `LogFault`: MALFORMED, BAD_SIGNATURE, WRONG_LOG, WRONG_ENTRY, MISDATED.
 */
export function readCosignature(
  compact: string,
  head: TreeHead,
  witness: string,
  key: PublicKey,
): Promise<Cosignature> {
  return faulting([], async () => {
    const { fields } = await readSigned(compact, [key], {
      typ: COSIGNATURE_TYPE,
      claims: ['iss', 'aud', 'iat', 'head'],
    });
    if (fields.raw('aud') !== head.audience)
      throw new LogFault('WRONG_LOG', 'The cosignature is under a head of another log.', 'Ask the witness again.', [
        'aud',
      ]);
    if (fields.text('head', HASH_FORM) !== head.hash)
      throw new LogFault('WRONG_ENTRY', 'The cosignature is under another head.', 'Ask the witness again.', ['head']);
    const issuedAt = fields.number('iat', EARLIEST, LATEST);
    if (issuedAt < head.issuedAt - CLOCK_SKEW_SECONDS)
      throw new LogFault('MISDATED', 'The cosignature is dated before the head.', 'Ask the witness again.', ['iat']);
    if (fields.text('iss', MEMBER_CODE_FORM) !== witness)
      throw new LogFault('BAD_SIGNATURE', 'The key is not that of the witness named.', 'Do not rely on it.', ['iss']);
    return { witness, issuedAt };
  });
}
