import { Fields } from '../fields.js';
import { EARLIEST, HASH_FORM, JTI_FORM, LATEST, MEMBER_CODE_FORM } from '../forms.js';
import { encodeBase64url } from '../base64url.js';
import type { Json } from '../statement/index.js';
import { readFromLog, type KnownLog } from './known-log.js';
import { entryHash, INSTANT_FORM, SALT_BYTES } from './log-entry.js';
import { faulting, LogFault } from './log-fault.js';
import { HASH_BYTES, sameHash, type Hash } from './merkle-hash.js';
import type { InclusionProof } from './proof-hashes.js';
import type { TreeHead } from './tree-head.js';
import { MAX_TREE_SIZE } from './tree-shape.js';
import { provesInclusion } from './verify-proof.js';

/** The media type of the hub's receipts. */
export const RECEIPT_TYPE = 'receipt+jwt';

/** The longest receipt that is read, in characters: one of a whole batch is longer than a statement may be. */
export const MAX_RECEIPT_LENGTH = 512 * 1024;

/** The most statements in a receipt. */
const MOST_ACCEPTED = 500;

/** How long the hub may take until a head covers what it gave a receipt for, seconds (T12). */
export const MERGE_DELAY_SECONDS = 24 * 3600;

/** Where the log has a statement: as the hub promised in its receipt. */
export interface PlaceInLog {
  readonly index: number;
  readonly event: string;
  readonly salt: Uint8Array;
  /** The hash of the leaf that the rest gives. */
  readonly leafHash: Hash;
}

/** A statement for which the hub gave a receipt. */
export interface AcceptedStatement {
  readonly jti: string;
  /** Base64url. */
  readonly payloadHash: string;
  /** RFC 3339, UTC, with milliseconds. */
  readonly receivedAt: string;
  /** Null in receipts from before the log had heads. */
  readonly place: PlaceInLog | null;
}

/** A receipt that the hub signed (L8, T10). */
export interface Receipt {
  readonly compact: string;
  /** Whose statements they are: a member's code, or the audience. */
  readonly issuer: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly accepted: readonly AcceptedStatement[];
}

/** An entry as a receipt has it in writing. */
export interface PlaceForm {
  readonly index: number;
  readonly event: string;
  readonly salt: string;
  readonly leaf_hash: string;
}

/** What a receipt says of a place, as it is written. */
export function writePlace({ index, event, salt, leafHash }: PlaceInLog): PlaceForm {
  return { index, event, salt: encodeBase64url(salt), leaf_hash: encodeBase64url(leafHash) };
}

/**
 * Reads a receipt, verifies that the hub of this log signed it, and that each leaf hash in it is that of the entry it describes.
 * Throws `LogFault`: MALFORMED, BAD_SIGNATURE, WRONG_LOG, WRONG_ENTRY.
 */
export function readReceipt(compact: string, log: KnownLog): Promise<Receipt> {
  return faulting([], async () => {
    const form = { typ: RECEIPT_TYPE, claims: ['iss', 'iat', 'sub', 'accepted'], longest: MAX_RECEIPT_LENGTH };
    const { fields } = await readFromLog(compact, log, form);
    const issuer = fields.raw('sub') === log.audience ? log.audience : fields.text('sub', MEMBER_CODE_FORM);
    const accepted = fields.list('accepted', MOST_ACCEPTED, (value, path) => readAccepted(value, path, issuer));
    return { compact, issuer, issuedAt: fields.number('iat', EARLIEST, LATEST), accepted };
  });
}

function readAccepted(value: Json, path: readonly string[], issuer: string): AcceptedStatement {
  const fields = Fields.of(value, ['jti', 'payload_hash', 'received_at', 'log'], path);
  const payloadHash = fields.bytes('payload_hash', HASH_BYTES);
  const accepted = {
    jti: fields.text('jti', JTI_FORM),
    payloadHash: fields.text('payload_hash', HASH_FORM),
    receivedAt: fields.text('received_at', INSTANT_FORM),
  };
  if (!fields.has('log')) return { ...accepted, place: null };
  const log = fields.object('log', ['index', 'event', 'salt', 'leaf_hash']);
  const place: PlaceInLog = {
    index: log.number('index', 0, MAX_TREE_SIZE - 1),
    event: log.text('event', EVENT_FORM),
    salt: log.bytes('salt', SALT_BYTES),
    leafHash: log.bytes('leaf_hash', HASH_BYTES),
  };
  const { event, salt } = place;
  if (!sameHash(entryHash({ salt, event, issuer, receivedAt: accepted.receivedAt, payloadHash }), place.leafHash))
    throw new LogFault(
      'WRONG_ENTRY',
      'The leaf hash is not that of the entry.',
      'Keep the receipt: the hub signed it.',
      [...path, 'log', 'leaf_hash'],
    );
  return { ...accepted, place };
}

const EVENT_FORM = /^https:\/\/w3id\.org\/symbolon\/events\/[a-z-]{1,40}$/;

/** What a statement is known by. */
export interface StatementName {
  readonly issuer: string;
  readonly jti: string;
  /** Base64url. */
  readonly payloadHash: string;
}

/** What the receipt says of this statement. Throws `LogFault` WRONG_ENTRY when it is not in it, or another under its `jti`. */
export function findInReceipt(receipt: Receipt, { issuer, jti, payloadHash }: StatementName): AcceptedStatement {
  const found = receipt.accepted.find((one) => one.jti === jti);
  if (!found || receipt.issuer !== issuer || found.payloadHash !== payloadHash)
    throw new LogFault('WRONG_ENTRY', 'The receipt is not for this statement.', 'Take the receipt that came with it.');
  return found;
}

/**
 * Whether the hub kept its promise: the leaf stands at its place under this head (T11). Throws `LogFault`: WRONG_ENTRY for a receipt without a place;
 * NOT_YET_INTEGRATED, or OVERDUE with evidence, when the head does not reach so far; NOT_INCLUDED.
 */
export function assertIncluded(
  receipt: Receipt,
  { jti, place }: AcceptedStatement,
  head: TreeHead,
  proof: InclusionProof,
): void {
  if (!place)
    throw new LogFault('WRONG_ENTRY', 'The receipt names no place in the log.', 'Ask the hub for one that does.', [
      'accepted',
    ]);
  if (place.index >= head.size) throw isOverdue(receipt, head) ? overdue(receipt, jti, head) : notYet();
  const fits = proof.index === place.index && proof.size === head.size;
  if (!fits || !provesInclusion(proof, place.leafHash, head.root))
    throw new LogFault(
      'NOT_INCLUDED',
      'Nothing proves that the entry is in the log under this head.',
      'Ask the hub for a proof of this index under this head. A hub that has none dropped or changed the entry: keep receipt and head, and tell the other members.',
      ['inclusion'],
    );
}

/** Whether the head was signed when all that the receipt is for had to be in the log. */
export function isOverdue({ issuedAt }: Receipt, head: TreeHead): boolean {
  return head.issuedAt > issuedAt + MERGE_DELAY_SECONDS;
}

function notYet(): LogFault {
  return new LogFault('NOT_YET_INTEGRATED', 'The head is from before the entry.', 'Ask for a later head.', ['size']);
}

function overdue(receipt: Receipt, jti: string, head: TreeHead): LogFault {
  return new LogFault(
    'OVERDUE',
    'The hub gave a receipt, and a day later its log does not reach so far.',
    'Show the evidence to the other members.',
    ['size'],
    { evidence: { kind: 'OVERDUE', receipt: receipt.compact, jti, head: head.compact } },
  );
}
