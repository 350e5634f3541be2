import type { LinkChecks } from '../link-reading.js';
import type { MemberClient } from '../member-client.js';
import { trustedMembers, type MembersOptions } from './members-option.js';
import type { Session } from './session.js';

/** The members that this place trusts, against whose keys what the other side signed is verified. */
export async function linkChecks(
  session: Session,
  client: MemberClient,
  options: MembersOptions = {},
): Promise<LinkChecks> {
  const trust = await trustedMembers(session, client, options);
  return { trust, audience: client.audience, own: client.seat.member };
}
