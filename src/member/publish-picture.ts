import { EVENTS, type Json, signStatement } from '../protocol/index.js';
import type { PublicationAskedBody } from '../protocol/publication/index.js';
import type { Signing } from './alert-statements.js';
import { asRefusal } from './documents/alert-submission.js';
import { PUBLISH_PICTURE, type PublicationAcceptedAnswer, type PublicationOutcome } from './documents/publications.js';
import type { MemberClient } from './member-client.js';
import { MemberError } from './member-error.js';

/** How often the very same statement is sent when the hub does not answer: it is published once. */
const MOST_TRIES = 3;

/** Signs that the hub is to publish tables of the picture. */
export function signPublicationAsked(
  body: PublicationAskedBody,
  { seat, audience, jti, issuedAt = Math.floor(Date.now() / 1000) }: Signing,
): Promise<string> {
  const json = JSON.parse(JSON.stringify(body)) as { readonly [key: string]: Json }; // parsing: what was just written
  const statement = { issuer: seat.member, audience, event: EVENTS.publicationAsked, body: json, issuedAt };
  return signStatement({ ...statement, ...(jti === undefined ? {} : { jti }) }, seat.key);
}

/** Has the hub publish; when it does not answer, it is asked again with the very same statement. Throws `Refusal`, `MemberError`. */
export async function publishPicture(
  client: MemberClient,
  body: PublicationAskedBody,
): Promise<PublicationAcceptedAnswer> {
  const statement = await signPublicationAsked(body, { seat: client.seat, audience: client.audience });
  for (let tries = 1; ; tries++)
    try {
      return await sendPublicationAsked(client, statement);
    } catch (error) {
      if (!(error instanceof MemberError) || error.code !== 'HUB_UNREACHABLE' || tries === MOST_TRIES) throw error;
    }
}

/** Sends a statement that was signed before. Throws `Refusal`, `MemberError`. */
export async function sendPublicationAsked(
  client: MemberClient,
  statement: string,
): Promise<PublicationAcceptedAnswer> {
  const { result } = await client.query<{ result: PublicationOutcome }>(PUBLISH_PICTURE, { statement });
  if (result.__typename === 'Refused') throw asRefusal(result);
  return result;
}
