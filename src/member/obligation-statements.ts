import { EVENTS, signStatement, type Json, type ObligationBodies } from '../protocol/index.js';
import type { Signing } from './alert-statements.js';

/** Signs an answer to an obligation, or a statement about a permission. */
export function signAboutObligation<E extends keyof ObligationBodies>(
  event: E,
  body: ObligationBodies[E],
  { seat, audience, jti, issuedAt = Math.floor(Date.now() / 1000) }: Signing,
): Promise<string> {
  const json = JSON.parse(JSON.stringify(body)) as { readonly [key: string]: Json }; // parsing: what was just written
  const statement = { issuer: seat.member, audience, event: EVENTS[event], body: json, issuedAt };
  return signStatement({ ...statement, ...(jti === undefined ? {} : { jti }) }, seat.key);
}
