import { encodeBase64url } from '../base64url.js';
import { EARLIEST, LATEST, MEMBER_CODE_FORM } from '../forms.js';
import { PURPOSES } from '../membership/index.js';
import { faulting, HASH_BYTES, readFromLog, type Hash, type KnownLog } from '../transparency/index.js';
import { MAX_SEQ, type InboxOwner } from './inbox-chain.js';

/** The media type of a signed inbox head. */
export const INBOX_HEAD_TYPE = 'inbox-head+jwt';

/** What the hub says of an inbox at an instant (I5). */
export interface InboxHeadContent extends InboxOwner {
  /** The number of the last entry; 0 when there is none. */
  readonly seq: number;
  /** The hash of the inbox up to it. */
  readonly chainHash: Hash;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

/** An inbox head that the hub signed. */
export interface InboxHead extends InboxHeadContent {
  readonly compact: string;
}

/** The payload of an inbox head, to be signed under `INBOX_HEAD_TYPE`. */
export function inboxHeadPayload({ audience, member, purpose, seq, chainHash, issuedAt }: InboxHeadContent): object {
  return { iss: audience, iat: issuedAt, sub: member, purpose, seq, chain: encodeBase64url(chainHash) };
}

/** Reads an inbox head and verifies that the hub of this log signed it. Throws `LogFault`: MALFORMED, BAD_SIGNATURE, WRONG_LOG. */
export function readInboxHead(compact: string, log: KnownLog): Promise<InboxHead> {
  return faulting([], async () => {
    const form = { typ: INBOX_HEAD_TYPE, claims: ['iss', 'iat', 'sub', 'purpose', 'seq', 'chain'] };
    const { fields } = await readFromLog(compact, log, form);
    return {
      ...{ compact, audience: log.audience, member: fields.text('sub', MEMBER_CODE_FORM) },
      purpose: fields.oneOf('purpose', PURPOSES),
      seq: fields.number('seq', 0, MAX_SEQ),
      chainHash: fields.bytes('chain', HASH_BYTES),
      issuedAt: fields.number('iat', EARLIEST, LATEST),
    };
  });
}
