import type { ObligationBodies } from '../../protocol/obligation/index.js';
import { asRefusal, type RefusedAnswer } from '../documents/alert-submission.js';
import {
  obligationMutation,
  type ObligationAcceptedAnswer,
  type ObligationAnswer,
  OBLIGATIONS,
  type ObligationsPage,
  type PermissionAcceptedAnswer,
  type SubjectErasedAnswer,
} from '../documents/obligations.js';
import { everyPage, gathered } from '../every-page.js';
import type { MemberClient } from '../member-client.js';
import { signAboutObligation } from '../obligation-statements.js';

type Answered = 'alertErased' | 'alertRetained';
type Accepted<E> = E extends 'subjectErased'
  ? SubjectErasedAnswer
  : E extends Answered
    ? ObligationAcceptedAnswer
    : PermissionAcceptedAnswer;

/** Signs and sends an answer to an obligation, a statement about a permission, or one that erases. Throws `Refusal`. */
export async function sayAboutObligation<E extends keyof ObligationBodies>(
  client: MemberClient,
  event: E,
  body: ObligationBodies[E],
): Promise<Accepted<E>> {
  const statement = await signAboutObligation(event, body, { seat: client.seat, audience: client.audience });
  const { result } = await client.query<{ result: Accepted<E> | RefusedAnswer }>(obligationMutation(event), {
    statement,
  });
  if (result.__typename === 'Refused') throw asRefusal(result);
  return result;
}

/** Everything that the member owes and has not answered, the oldest first. */
export async function outstanding(client: MemberClient): Promise<readonly ObligationAnswer[]> {
  const wanted = { side: 'OWED_BY_ME', first: 100, states: ['OUTSTANDING', 'OVERDUE'], alertId: null };
  const found = await gathered(
    everyPage(async (after) => (await client.query<ObligationsPage>(OBLIGATIONS, { ...wanted, after })).obligations),
  );
  return found.reverse();
}

/** A code of the SDL as people read it: `ongoing-proceedings`. */
export function codeWord(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
