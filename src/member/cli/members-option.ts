import { knowMembers } from '../known-members.js';
import type { MemberClient } from '../member-client.js';
import type { MemberTrust } from '../member-trust.js';
import { readSavedMembers } from '../files/saved-members.js';
import type { Session } from './session.js';

/** Whose list of members is believed. */
export interface MembersOptions {
  readonly members?: string;
}

/** The option of commands that rely on members' keys. */
export const MEMBERS_OPTION = [
  '--members <file>',
  'take members’ keys from this list, as "symbolon members --save" wrote it, not from what the hub lists now',
] as const;

/** The members that this place trusts: by the hub's list, or by a saved one. Throws `MemberError`. */
export async function trustedMembers(
  session: Session,
  client: MemberClient,
  { members }: MembersOptions = {},
): Promise<MemberTrust> {
  if (members !== undefined) return readSavedMembers(members, session.store, client.audience);
  return (await knowMembers(client, session.store)).trust;
}
