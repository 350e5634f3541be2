import { encodeBase64url } from '../base64url.js';
import { ALERT_ID_FORM, COMPACT_FORM, EARLIEST, LATEST, MEMBER_CODE_FORM } from '../forms.js';
import { type Fields, malformed, readText } from '../fields.js';
import { PURPOSES } from '../membership/index.js';
import { MAX_STATEMENT_LENGTH } from '../statement/index.js';
import { faulting, HASH_BYTES, INSTANT_FORM, readFromLog, SALT_BYTES, type KnownLog } from '../transparency/index.js';
import type { GivenEntry } from './follow-inbox.js';
import { MAX_SEQ, type InboxOwner } from './inbox-chain.js';
import { eventUri, INBOX_EVENTS } from './inbox-event.js';

/** The media type of a Security Event Token (RFC 8417 §7.2), without `application/`. */
export const SET_TYPE = 'secevent+jwt';
/** The event by which the hub delivers an entry of an inbox. */
export const DELIVERED_EVENT = 'https://w3id.org/symbolon/events/delivered';
/** Why a statement is shown or not, as `InboxContent` of the SDL. */
export const DELIVERED_CONTENTS = ['READABLE', 'REPLACED', 'NO_LONGER_READABLE', 'NOT_FOR_ROLE', 'ERASED'] as const;

export type DeliveredContent = (typeof DELIVERED_CONTENTS)[number];

/** An entry of an inbox as the hub delivers it (P2). */
export interface DeliveredEntry {
  readonly entry: GivenEntry;
  readonly content: DeliveredContent;
  /** `alert:…` or `link:…`; null when it is about a link and the officer's role reads none. */
  readonly subject: string | null;
}

/** A delivered entry that the hub signed. */
export interface DeliveredSet extends DeliveredEntry {
  readonly compact: string;
  readonly jti: string;
  readonly owner: InboxOwner;
}

const SUBJECT_FORM = new RegExp(`${ALERT_ID_FORM.source}|${ALERT_ID_FORM.source.replace('alert', 'link')}`);
const CLAIMS = ['iss', 'iat', 'jti', 'aud', 'events'];
const NAMES = [
  ...['purpose', 'seq', 'index', 'event', 'received_at', 'leaf_hash', 'chain'],
  ...['content', 'subject', 'statement', 'salt'],
];
/** The statement is inside, in base64url once more. */
const LONGEST = 2 * MAX_STATEMENT_LENGTH;

/** The `jti` of an entry of an inbox: always the same, so that whoever was given it twice can tell (P3). */
export function deliveredJti({ member, purpose }: Pick<InboxOwner, 'member' | 'purpose'>, seq: number): string {
  return `${member}.${purpose}.${seq}`;
}

/** The number of the entry of this inbox that a `jti` names; null when it names none. */
export function seqOfJti({ member, purpose }: Pick<InboxOwner, 'member' | 'purpose'>, jti: string): number | null {
  const prefix = `${member}.${purpose}.`;
  const number = jti.startsWith(prefix) ? jti.slice(prefix.length) : '';
  return /^[1-9][0-9]{0,9}$/.test(number) && Number(number) <= MAX_SEQ ? Number(number) : null;
}

/** The payload of a delivered entry, to be signed under `SET_TYPE`. `issuedAt` in seconds since 1970. */
export function deliveredPayload(owner: InboxOwner, delivered: DeliveredEntry, issuedAt: number): object {
  const { entry, content, subject } = delivered;
  const { seq, index, event, receivedAt, leafHash, chainHash, shown } = entry;
  return {
    ...{ iss: owner.audience, iat: issuedAt, jti: deliveredJti(owner, seq), aud: owner.member },
    events: {
      [DELIVERED_EVENT]: {
        ...{ purpose: owner.purpose, seq, index, event: eventUri(event), received_at: receivedAt },
        ...{ leaf_hash: encodeBase64url(leafHash), chain: encodeBase64url(chainHash), content, subject },
        ...{ statement: shown?.statement ?? null, salt: shown ? encodeBase64url(shown.salt) : null },
      },
    },
  };
}

/** Reads a delivered entry and verifies that the hub of this log signed it. Throws `LogFault`: MALFORMED, BAD_SIGNATURE, WRONG_LOG. */
export function readDeliveredSet(compact: string, log: KnownLog): Promise<DeliveredSet> {
  return faulting([], async () => {
    const { fields } = await readFromLog(compact, log, { typ: SET_TYPE, claims: CLAIMS, longest: LONGEST });
    fields.number('iat', EARLIEST, LATEST);
    const event = fields.object('events', [DELIVERED_EVENT]).object(DELIVERED_EVENT, NAMES);
    const member = fields.text('aud', MEMBER_CODE_FORM);
    const owner = { audience: log.audience, member, purpose: event.oneOf('purpose', PURPOSES) };
    const entry = readEntry(event);
    const jti = deliveredJti(owner, entry.seq);
    if (fields.raw('jti') !== jti) throw malformed(['jti'], 'the name of the entry');
    const subject = textOrNull(event, 'subject', SUBJECT_FORM);
    return { compact, jti, owner, entry, content: event.oneOf('content', DELIVERED_CONTENTS), subject };
  });
}

function readEntry(event: Fields): GivenEntry {
  const uri = event.raw('event');
  const known = INBOX_EVENTS.find((one) => eventUri(one) === uri);
  if (!known) throw malformed(['events', DELIVERED_EVENT, 'event'], 'an event of an inbox');
  const statement = textOrNull(event, 'statement', COMPACT_FORM);
  return {
    ...{ seq: event.number('seq', 1, MAX_SEQ), index: event.number('index', 0, Number.MAX_SAFE_INTEGER), event: known },
    receivedAt: event.text('received_at', INSTANT_FORM),
    ...{ leafHash: event.bytes('leaf_hash', HASH_BYTES), chainHash: event.bytes('chain', HASH_BYTES) },
    shown: statement === null ? null : { statement, salt: event.bytes('salt', SALT_BYTES) },
  };
}

function textOrNull(fields: Fields, name: string, form: RegExp): string | null {
  const value = fields.raw(name);
  return value === null ? null : readText(value, form, ['events', DELIVERED_EVENT, name]);
}
