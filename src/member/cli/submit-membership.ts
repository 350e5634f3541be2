import { asRefusal } from '../documents/alert-submission.js';
import {
  membershipMutation,
  type MembershipAnswer,
  type MembershipMutation,
  type StatementAcceptedAnswer,
} from '../documents/membership.js';
import { openQuery } from '../open-query.js';
import type { Session } from './session.js';
import { facts } from './table.js';

/** Submits a signed membership statement; its signature is all the authorization it needs. Throws `Refusal`. */
export async function submitMembership(
  session: Session,
  field: MembershipMutation,
  statement: string,
): Promise<StatementAcceptedAnswer> {
  const { result } = await openQuery<{ result: MembershipAnswer }>(await session.hub(), membershipMutation(field), {
    statement,
  });
  if (result.__typename === 'Refused') throw asRefusal(result);
  return result;
}

/** Prints how the member stands after a statement was accepted. */
export function printStanding(
  session: Session,
  statement: string,
  accepted: StatementAcceptedAnswer,
  payloadHash?: string,
): void {
  const { member, receipt } = accepted;
  session.print.result({ member, statement, receipt, ...(payloadHash ? { payloadHash } : {}) }, () =>
    facts([
      ['accepted', `${member.name} (${member.code}, ${member.country})`],
      ['stands', member.state],
      ['hash of the statement', payloadHash],
    ]),
  );
}
