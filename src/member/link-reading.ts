import { decodeStatement, EVENTS, Refusal, type Json } from '../protocol/index.js';
import { openMessage, type ComparisonMessage } from '../protocol/comparison/index.js';
import type { ComparisonKey, LinkBodies } from '../protocol/link/index.js';
import type { JWK } from 'jose';
import { readComparisonKey } from './comparison-keys.js';
import type { LinkAnswer } from './documents/links.js';
import { MemberError } from './member-error.js';
import { assertTrusted, type MemberTrust } from './member-trust.js';
import { verifyOffline } from './verify-statement.js';

/** Against what statements about a link are verified. */
export interface LinkChecks {
  readonly trust: MemberTrust;
  readonly audience: string;
  /** One's own member code. */
  readonly own: string;
}

/** A statement about a link that verifies. */
export interface LinkStatementRead {
  readonly from: string;
  /** ISO 8601. */
  readonly at: string;
  readonly hash: string;
  /** The thumbprint of the key that signed it. */
  readonly kid: string;
  readonly event: keyof LinkBodies;
  readonly body: { readonly [key: string]: Json };
}

/** A message of a comparison as its reader sees it. */
export interface MessageRead {
  /** Null when it does not verify. */
  readonly from: string | null;
  readonly at: string | null;
  /** `sealed`: one's own, which only the other side opens. `unreadable`: it does not open, or does not verify. */
  readonly state: 'read' | 'sealed' | 'unreadable';
  readonly message: ComparisonMessage | null;
}

const LINK_EVENTS = [
  'comparisonOpened',
  'comparisonMessage',
  'linkConfirmed',
  'linkRejected',
  'linkWithdrawn',
] as const satisfies readonly (keyof LinkBodies)[];

/** Verifies a statement about a link: signature, whose it is, audience, and that it is about this link. Throws `Refusal`, `MemberError` NOT_VERIFIED. */
export async function readLinkStatement(
  compact: string,
  link: string,
  { trust, audience }: LinkChecks,
): Promise<LinkStatementRead> {
  const { iss } = decodeStatement(compact).claims;
  assertTrusted(trust, typeof iss === 'string' ? iss : '');
  const { statement, owner } = await verifyOffline(compact, trust.keys);
  const { aud, iat, events } = statement.claims;
  const [[uri, body] = [], ...more] = isObject(events) ? Object.entries(events) : [];
  const event = LINK_EVENTS.find((known) => EVENTS[known] === uri);
  if (aud !== audience || event === undefined || !isObject(body) || more.length > 0)
    throw notVerified('It is no statement about a link to this accord.');
  if (body['link'] !== link) throw notVerified('It is about another link.');
  const at = new Date((typeof iat === 'number' ? iat : 0) * 1000).toISOString();
  return { from: owner, at, hash: statement.payloadHash, kid: statement.kid, event, body };
}

/** The other side's key from its signed opening. Throws `MemberError`: NOT_VERIFIED when it is not its own opening of this link; `Refusal` LINK_NOT_OPEN. */
export async function counterpartKey(link: LinkAnswer, checks: LinkChecks): Promise<ComparisonKey> {
  return readComparisonKey((await readOpening(link, checks)).body['key']);
}

/**
 * The same key, when something is about to be sealed to it: besides, the very key that signed the opening has to be certified still, not only its seat. Who
 * has an officer's revoked or replaced key, and the hub with him, can date an opening back; and what is sealed now could be read by who took the officer's machine.
 */
export async function sealingKey(link: LinkAnswer, checks: LinkChecks): Promise<ComparisonKey> {
  const { from, kid, body } = await readOpening(link, checks);
  const officers = checks.trust.members.get(from)?.history?.officers ?? [];
  const now = Date.now() / 1000;
  if (officers.some(({ key, validTo }) => key.kid === kid && validTo > now)) return readComparisonKey(body['key']);
  throw new MemberError(
    'NOT_VERIFIED',
    'The key that opened for the other holder acts for it no more. Nothing was sealed.',
    'Ask the other holder by another way who goes on with this comparison.',
    ['counterpart', 'opening'],
  );
}

async function readOpening(link: LinkAnswer, checks: LinkChecks): Promise<LinkStatementRead> {
  const { counterpart } = link;
  if (!counterpart)
    throw new Refusal(
      'LINK_NOT_OPEN',
      'The other holder has not opened the comparison yet.',
      'Wait until it has; nobody may ever, because some suggestions are decoys.',
      ['link'],
    );
  const read = await readLinkStatement(counterpart.opening, link.id, checks);
  if (read.event !== 'comparisonOpened') throw notVerified('It is no opening.');
  if (read.from !== counterpart.member.code || read.from === checks.own)
    throw notVerified('The opening is not by the other holder.');
  return read;
}

/** Verifies and opens the messages of both sides, in the hub's order. What does not verify is not shown, and said. */
export async function readMessages(
  link: LinkAnswer,
  checks: LinkChecks,
  privateKey: () => Promise<JWK>,
): Promise<readonly MessageRead[]> {
  const read: MessageRead[] = [];
  for (const compact of link.messages) read.push(await readMessage(compact, link, checks, privateKey));
  return read;
}

async function readMessage(
  compact: string,
  link: LinkAnswer,
  checks: LinkChecks,
  privateKey: () => Promise<JWK>,
): Promise<MessageRead> {
  let statement: LinkStatementRead;
  try {
    statement = await readLinkStatement(compact, link.id, checks);
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof MemberError)) throw error;
    return { from: null, at: null, state: 'unreadable', message: null };
  }
  const { from, at, event, body } = statement;
  const sealed = body['sealed'];
  const isOurs = from === checks.own;
  if (
    event !== 'comparisonMessage' ||
    typeof sealed !== 'string' ||
    (!isOurs && from !== link.counterpart?.member.code)
  )
    return { from, at, state: 'unreadable', message: null };
  if (isOurs) return { from, at, state: 'sealed', message: null };
  const message = await openMessage(sealed, link.id, await privateKey());
  return { from, at, state: message ? 'read' : 'unreadable', message };
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notVerified(why: string): MemberError {
  return new MemberError(
    'NOT_VERIFIED',
    `What the hub gives as the other holder’s does not verify. ${why}`,
    'Do not compare; tell the other holder and the members of the accord.',
    ['link'],
  );
}
