import { asRefusal } from './documents/alert-submission.js';
import {
  membershipMutation,
  type MembershipAnswer,
  type MembershipMutation,
  type StatementAcceptedAnswer,
} from './documents/membership.js';
import { openQuery } from './open-query.js';

/** Submits a signed membership statement to a hub; its signature is all the authorization it needs. Throws `Refusal`. */
export async function submitMembership(
  hub: string,
  field: MembershipMutation,
  statement: string,
): Promise<StatementAcceptedAnswer> {
  const { result } = await openQuery<{ result: MembershipAnswer }>(hub, membershipMutation(field), { statement });
  if (result.__typename === 'Refused') throw asRefusal(result);
  return result;
}
