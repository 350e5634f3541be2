import { sealMessage, type ComparisonMessage } from '../protocol/comparison/index.js';
import { Refusal } from '../protocol/index.js';
import type { LinkBodies } from '../protocol/link/index.js';
import type { ComparisonKeys } from './comparison-keys.js';
import { asRefusal } from './documents/alert-submission.js';
import {
  LINK,
  linkMutation,
  type LinkAcceptedAnswer,
  type LinkAnswer,
  type LinkResultAnswer,
} from './documents/links.js';
import { counterpartKey, sealingKey, type LinkChecks } from './link-reading.js';
import { signLink } from './link-statements.js';
import type { MemberClient } from './member-client.js';
import type { JudgedMember } from './member-trust.js';

/** A link of one's own. Throws `Refusal` NOT_FOUND. */
export async function getLink(client: MemberClient, id: string): Promise<LinkAnswer> {
  const { link } = await client.query<{ link: LinkAnswer | null }>(LINK, { id });
  if (link) return link;
  throw new Refusal('NOT_FOUND', 'There is no such link, or you are no party to it.', 'See "symbolon links list".', [
    'link',
  ]);
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

/** Opens the comparison from this side, with a key that is kept before it is sent. */
export async function openComparison(
  client: MemberClient,
  keys: ComparisonKeys,
  link: string,
): Promise<LinkAcceptedAnswer> {
  return sayAboutLink(client, 'comparisonOpened', { link, key: await keys.publicKeyFor(link) });
}

/** Seals a message to the other holder, whose opening is verified first, and sends it. Null when it is too long. Throws as `sealingKey` does. */
export async function sendMessage(
  client: MemberClient,
  link: LinkAnswer,
  message: ComparisonMessage,
  checks: LinkChecks,
): Promise<LinkAcceptedAnswer | null> {
  const sealed = await sealMessage(message, link.id, await sealingKey(link, checks));
  return sealed === null ? null : sayAboutLink(client, 'comparisonMessage', { link: link.id, sealed });
}

/** Signs that it is one person; not with a holder who is somebody else than the hub says. */
export async function confirmLink(
  client: MemberClient,
  body: LinkBodies['linkConfirmed'],
  checks: LinkChecks,
): Promise<LinkAcceptedAnswer> {
  await verifiedCounterpart(await getLink(client, body.link), checks);
  return sayAboutLink(client, 'linkConfirmed', body);
}
