import type { MembershipMutation, StatementAcceptedAnswer } from '../documents/membership.js';
import { submitMembership as submit } from '../submit-membership.js';
import type { Session } from './session.js';
import { facts } from './table.js';

/** Submits a signed membership statement to the hub of a session. Throws `Refusal`. */
export async function submitMembership(
  session: Session,
  field: MembershipMutation,
  statement: string,
): Promise<StatementAcceptedAnswer> {
  return submit(await session.hub(), field, statement);
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
