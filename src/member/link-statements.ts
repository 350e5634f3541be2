import { EVENTS, signStatement, type Json } from '../protocol/index.js';
import type { LinkBodies } from '../protocol/link/index.js';
import type { Signing } from './alert-statements.js';

/** Signs a statement about a link. */
export function signLink<E extends keyof LinkBodies>(event: E, body: LinkBodies[E], signing: Signing): Promise<string> {
  const { seat, audience, jti } = signing;
  const json = JSON.parse(JSON.stringify(body)) as { readonly [key: string]: Json }; // parsing: what was just written
  const issuedAt = signing.issuedAt ?? Math.floor(Date.now() / 1000);
  const statement = { issuer: seat.member, audience, event: EVENTS[event], body: json, issuedAt };
  return signStatement({ ...statement, ...(jti === undefined ? {} : { jti }) }, seat.key);
}
