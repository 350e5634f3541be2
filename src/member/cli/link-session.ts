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
import type { LinkChecks } from '../link-reading.js';
import { signLink } from '../link-statements.js';
import type { MemberClient } from '../member-client.js';
import { listMembers } from '../member-list.js';
import { keysOfMembers } from '../saved-members.js';

/** A link of one's own. Throws `Refusal` NOT_FOUND. */
export async function getLink(client: MemberClient, id: string): Promise<LinkAnswer> {
  const { link } = await client.query<{ link: LinkAnswer | null }>(LINK, { id });
  if (link) return link;
  throw new Refusal('NOT_FOUND', 'There is no such link, or you are no party to it.', 'See "symbolon links list".', [
    'link',
  ]);
}

/** The member list, against which what the other side signed is verified. */
export async function linkChecks(client: MemberClient): Promise<LinkChecks> {
  const keys = await keysOfMembers(await listMembers(client));
  return { keys, audience: client.audience, own: client.seat.member };
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
