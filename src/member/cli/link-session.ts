import { Refusal } from '../../protocol/index.js';
import type { LinkBodies } from '../../protocol/link/index.js';
import { asRefusal } from '../documents/alert-submission.js';
import {
  LINK,
  linkMutation,
  type LinkAcceptedAnswer,
  type LinkAnswer,
  type LinkResultAnswer,
} from '../documents/links.js';
import { counterpartKey, type LinkChecks } from '../link-reading.js';
import { signLink } from '../link-statements.js';
import type { MemberClient } from '../member-client.js';
import type { JudgedMember } from '../member-trust.js';
import { trustedMembers, type MembersOptions } from './members-option.js';
import type { Session } from './session.js';

/** A link of one's own. Throws `Refusal` NOT_FOUND. */
export async function getLink(client: MemberClient, id: string): Promise<LinkAnswer> {
  const { link } = await client.query<{ link: LinkAnswer | null }>(LINK, { id });
  if (link) return link;
  throw new Refusal('NOT_FOUND', 'There is no such link, or you are no party to it.', 'See "symbolon links list".', [
    'link',
  ]);
}

/** The members that this place trusts, against whose keys what the other side signed is verified. */
export async function linkChecks(
  session: Session,
  client: MemberClient,
  options: MembersOptions = {},
): Promise<LinkChecks> {
  const trust = await trustedMembers(session, client, options);
  return { trust, audience: client.audience, own: client.seat.member };
}

/** The other holder, when there is one and its opening is its own. Throws `MemberError` NOT_VERIFIED when it is not. */
export async function verifiedCounterpart(link: LinkAnswer, checks: LinkChecks): Promise<JudgedMember | null> {
  if (!link.counterpart) return null;
  await counterpartKey(link, checks);
  return checks.trust.members.get(link.counterpart.member.code) ?? null;
}

/** Signs and sends a statement about a link. Throws `Refusal`. */
export async function sayAboutLink<E extends keyof LinkBodies>(
  client: MemberClient,
  event: E,
  body: LinkBodies[E],
): Promise<LinkAcceptedAnswer> {
  const statement = await signLink(event, body, { seat: client.seat, audience: client.audience });
  const { result } = await client.query<{ result: LinkResultAnswer }>(linkMutation(event), { statement });
  if (result.__typename === 'Refused') throw asRefusal(result);
  return result;
}
