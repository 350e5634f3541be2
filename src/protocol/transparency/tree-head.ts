import { encodeBase64url } from '../base64url.js';
import { CLOCK_SKEW_SECONDS, signPayload, type Signer } from '../statement/index.js';
import { readFromLog, type KnownLog } from './known-log.js';
import { faulting, LogFault } from './log-fault.js';
import { EMPTY_ROOT, HASH_BYTES, sameHash, type Hash } from './merkle-hash.js';
import { MAX_TREE_SIZE } from './tree-shape.js';
import { EARLIEST, LATEST } from '../forms.js';

/** The media type of a signed tree head. */
export const TREE_HEAD_TYPE = 'tree-head+jwt';

/** What the hub says of its log at an instant (T6). */
export interface TreeHeadContent {
  /** The accord's audience. */
  readonly audience: string;
  readonly size: number;
  readonly root: Hash;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

/** A tree head that the hub signed. */
export interface TreeHead extends TreeHeadContent {
  readonly compact: string;
  /** SHA-256 of its payload, base64url: what cosignatures name. */
  readonly hash: string;
  readonly kid: string;
}

/** Signs a tree head. That there is one root to a size, and that none goes back, is the signer's to see to (T7). */
export function signTreeHead({ audience, size, root, issuedAt }: TreeHeadContent, key: Signer): Promise<string> {
  return signPayload({ iss: audience, iat: issuedAt, size, root: encodeBase64url(root) }, key, TREE_HEAD_TYPE);
}

/** Reads a tree head and verifies that the hub of this log signed it. Throws `LogFault`: MALFORMED, BAD_SIGNATURE, WRONG_LOG. */
export function readTreeHead(compact: string, log: KnownLog): Promise<TreeHead> {
  return faulting([], async () => {
    const form = { typ: TREE_HEAD_TYPE, claims: ['iss', 'iat', 'size', 'root'] };
    const { statement, fields } = await readFromLog(compact, log, form);
    const head: TreeHead = {
      ...{ compact, hash: statement.payloadHash, kid: statement.kid, audience: log.audience },
      size: fields.number('size', 0, MAX_TREE_SIZE),
      root: fields.bytes('root', HASH_BYTES),
      issuedAt: fields.number('iat', EARLIEST, LATEST),
    };
    if (head.size === 0 && !sameHash(head.root, EMPTY_ROOT))
      throw new LogFault('MALFORMED', 'A log without entries has another root.', 'Ask the hub again.', ['root']);
    return head;
  });
}

/** Throws `LogFault` MISDATED when a head is dated later than now, clocks allowed for. `now` in seconds since 1970. */
export function assertDated({ issuedAt }: TreeHead, now: number): void {
  if (issuedAt > now + CLOCK_SKEW_SECONDS)
    throw new LogFault('MISDATED', 'The tree head is dated in the future.', 'Check your clock, and ask again.', [
      'iat',
    ]);
}
