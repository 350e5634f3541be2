import type { MemberKind } from '../membership/index.js';
import type { Audience } from './content.js';

/** What of a member decides whether it is addressed. */
export interface Addressee {
  readonly code: string;
  readonly country: string;
  readonly kind: MemberKind;
}

/** Whether an audience addresses a member. The database's `audience_addresses` says the same; a property test compares them. */
export function addresses(audience: Audience, member: Addressee): boolean {
  if (audience.everyone) return true;
  if (audience.members?.includes(member.code)) return true;
  const { countries, kinds } = audience;
  if (!countries && !kinds) return false;
  return (countries?.includes(member.country) ?? true) && (kinds?.includes(member.kind) ?? true);
}
