import { decodeStatement, signPayload, signStatement, type SigningKey } from '../../../src/protocol/index.js';
import {
  deliveredPayload,
  emptyInboxHash,
  eventUri,
  inboxHeadPayload,
  INBOX_HEAD_TYPE,
  nextInboxHash,
  SET_TYPE,
  type GivenEntry,
  type InboxEvent,
  type InboxOwner,
  type VerifiedUpTo,
} from '../../../src/protocol/delivery/index.js';
import { entryHash, type Hash } from '../../../src/protocol/transparency/index.js';
import { AUDIENCE, fixedBytes, fixedKey, instant, NOW } from '../transparency/made-up-log.js';

export const OWNER: InboxOwner = { audience: AUDIENCE, member: 'xb-two', purpose: 'protection' };

/** Where a reader of an inbox begins. */
export const BEGINNING: VerifiedUpTo = { seq: 0, chainHash: emptyInboxHash(OWNER) };

/** So many entries of a made-up inbox, the same in every run; `which` tells histories apart. Every third is not shown. */
export async function inboxOf(count: number, which = 'one'): Promise<readonly GivenEntry[]> {
  const key = await fixedKey('three');
  const entries: GivenEntry[] = [];
  let chainHash = BEGINNING.chainHash;
  for (let seq = 1; seq <= count; seq++) {
    const index = seq * 7;
    const event: InboxEvent = seq % 4 === 0 ? 'alert-withdrawn' : 'alert-raised';
    const statement = await signStatement(
      {
        ...{ issuer: 'xc-three', audience: AUDIENCE, event: eventUri(event), body: { about: `${which} ${seq}` } },
        ...{ jti: `${which}-statement-${String(seq).padStart(8, '0')}`, issuedAt: NOW + seq },
      },
      key,
    );
    const [salt, receivedAt] = [fixedBytes(`salt ${which} ${seq}`), instant(NOW + seq + 1)];
    const payloadHash = Buffer.from(decodeStatement(statement).payloadHash, 'base64url');
    const leafHash = entryHash({ salt, event: eventUri(event), issuer: 'xc-three', receivedAt, payloadHash });
    chainHash = nextInboxHash(chainHash, { seq, index, leafHash });
    const shown = seq % 3 === 0 ? null : { statement, salt };
    entries.push({ seq, index, event, receivedAt, leafHash, chainHash, shown });
  }
  return entries;
}

/** A signed head. */
export function signHead(
  hub: SigningKey,
  { seq, chainHash }: { readonly seq: number; readonly chainHash: Hash },
  change: Partial<InboxOwner & { issuedAt: number }> = {},
): Promise<string> {
  return signPayload(inboxHeadPayload({ ...OWNER, seq, chainHash, issuedAt: NOW, ...change }), hub, INBOX_HEAD_TYPE);
}

/** The entry's place, for a head of the inbox up to it. */
export function upTo(entries: readonly GivenEntry[]): VerifiedUpTo {
  const last = entries.at(-1);
  return last ? { seq: last.seq, chainHash: last.chainHash } : BEGINNING;
}

/** An entry as the hub delivers it; of every third nothing is shown any more. */
export function signDelivered(hub: SigningKey, entry: GivenEntry, owner: InboxOwner = OWNER): Promise<string> {
  const subject = `alert:00000000-0000-4000-8000-${String(entry.seq).padStart(12, '0')}`;
  const content = entry.shown ? 'READABLE' : 'NO_LONGER_READABLE';
  return signPayload(deliveredPayload(owner, { entry, content, subject }, NOW + 60), hub, SET_TYPE);
}
