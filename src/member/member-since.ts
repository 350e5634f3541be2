import { QUORUM } from '../protocol/index.js';
import { knowMembers } from './known-members.js';

import type { MemberClient } from './member-client.js';
import { assertTrusted } from './member-trust.js';
import type { Place } from './place.js';

/**
 * Since when the acting member is one, in seconds since 1970: since as many countersigned as it takes, or a founder since it joined. It follows from what members
 * signed, so that a hub cannot make it later (T23). Throws `MemberError` NOT_VERIFIED when the member list does not hold.
 */
export async function memberSince(client: MemberClient, store: Place): Promise<number> {
  const { trust } = await knowMembers(client, store);
  const { member } = client.seat;
  assertTrusted(trust, member);
  const history = trust.members.get(member)?.history;
  const vouched = (history?.vouchers ?? []).map(({ claims }) => Number(claims['iat'])).sort((a, b) => a - b);
  return vouched[QUORUM - 1] ?? history?.keys[0]?.from ?? 0;
}
