import { type Agreement, fetchAgreement } from '../agreement.js';
import type { Session } from './session.js';

/** The option of commands that make tokens, for when custodians changed. */
export const ACCEPT_CUSTODIANS = [
  '--accept-custodians',
  'take the custodians’ keys that the hub names now, after you compared them with what the custodians publish',
] as const;

/** By what tokens are made, verified against the custodians' keys that this place pinned. Throws `MemberError` NOT_VERIFIED. */
export async function openAgreement(
  session: Session,
  options: { readonly acceptCustodians?: boolean } = {},
): Promise<Agreement> {
  return fetchAgreement(await session.address(), session.store, options);
}
