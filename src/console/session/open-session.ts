import { validateContent } from 'virtual:alert-validator';
import { contentCheck, MemberClient } from '../../member/index.js';
import type { Purpose } from '../../protocol/index.js';
import { BrowserPlace, seatName, type KeptSeat } from '../place/index.js';
import { purposesOf } from './purposes.js';
import type { OwnMember, Session } from './session.js';

const OWN_MEMBER = 'query OwnMember { whoami { member { code name kind country mandate } } }';

/** Signs in with a seat for one purpose: the hub gives a token for its key (RFC 7523), bound to this page (RFC 9449). Throws `MemberError` TOKEN_REFUSED, HUB_UNREACHABLE. */
export async function openSession({ seat, audience }: KeptSeat, purpose: Purpose): Promise<Session> {
  const check = contentCheck(validateContent);
  const client = await MemberClient.connect({ hub: location.origin, audience, seat, purpose, check });
  const { whoami } = await client.query<{ whoami: { member: Told } }>(OWN_MEMBER);
  const member: OwnMember = { ...whoami.member, mandate: purposesOf(whoami.member.mandate) };
  return { seat, purpose, client, place: new BrowserPlace(seatName(seat)), member };
}

type Told = Omit<OwnMember, 'mandate'> & { readonly mandate: readonly string[] };
