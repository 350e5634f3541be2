import type { MemberAnswer } from './documents/membership.js';

import type { MemberClient } from './member-client.js';
import { MemberError } from './member-error.js';
import { listMembers } from './member-list.js';
import { memberPins } from './member-pins.js';
import { assertTrusted, judgeMembers, pinOf, pinsAfter, type MemberTrust } from './member-trust.js';
import type { Place } from './place.js';

/** A member list and how this place stands to it. */
export interface KnownMembers {
  readonly list: readonly MemberAnswer[];
  readonly trust: MemberTrust;
}

/** The hub's member list, judged by its statements and by what this place saw before; what is trusted is pinned. */
export async function knowMembers(client: MemberClient, store: Place): Promise<KnownMembers> {
  const { audience } = client;
  const [list, pins] = [await listMembers(client), memberPins(store, audience)];
  const pinned = await pins.load();
  const trust = await judgeMembers({ members: list, audience, pinned, mayBeOlder: false });
  const next = pinsAfter(trust, pinned);
  if (JSON.stringify(next) !== JSON.stringify(pinned ?? {})) await pins.save(next);
  return { list, trust };
}

/**
 * Pins what the hub lists of a member now, because a person has the thumbprint of its key from the member itself. Throws `MemberError` NOT_VERIFIED when
 * the hub lists another key, or when the statements do not hold together.
 */
export async function pinMember(
  client: MemberClient,
  store: Place,
  { code, thumbprint }: { readonly code: string; readonly thumbprint: string },
): Promise<KnownMembers> {
  const { trust } = await knowMembers(client, store);
  const member = trust.members.get(code);
  if (!member)
    throw new MemberError('BAD_INPUT', 'The hub lists no such member.', 'See "symbolon members".', ['member']);
  if (!member.history) assertTrusted(trust, code);
  if (!member.history || member.history.keys.at(-1)?.key.kid !== thumbprint)
    throw new MemberError(
      'NOT_VERIFIED',
      `The hub lists another key for ${code} than the one with this thumbprint. Nothing was pinned.`,
      `Send ${code} nothing. Read the thumbprint to each other once more; when it is right, the hub lists a key that is not ${code}’s: tell the members of the accord.`,
      ['members', code],
    );
  const pins = memberPins(store, client.audience);
  const compared = { key: thumbprint, on: new Date().toISOString().slice(0, 10) };
  await pins.save({ ...(await pins.load()), [code]: pinOf(member.history, compared) });
  return knowMembers(client, store);
}
