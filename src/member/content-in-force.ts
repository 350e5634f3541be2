import { EVENTS, findEventBody, Refusal, type AlertContent } from '../protocol/index.js';
import { checkContent } from './content-check.js';
import { STATEMENT_OF_ALERT, type StatementOfAlertAnswer } from './documents/alerts.js';
import type { MemberClient } from './member-client.js';
import { MemberError } from './member-error.js';
import type { MemberTrust } from './member-trust.js';
import { verifyOffline } from './verify-statement.js';

/**
 * The content of an alert of one's own as it was signed last, so that signing it again signs nothing else. Throws `Refusal` NOT_FOUND,
 * `MemberError` NOT_VERIFIED when what the hub gives is not one's own.
 */
export async function contentInForce(
  client: MemberClient,
  alertId: string,
  { keys }: MemberTrust,
): Promise<AlertContent> {
  const { alert } = await client.query<StatementOfAlertAnswer>(STATEMENT_OF_ALERT, { id: alertId });
  if (!alert) throw new Refusal('NOT_FOUND', 'There is no such alert of yours.', 'Check the id.', ['alert']);
  const { statement, owner } = await verifyOffline(alert.statement, keys);
  if (owner !== client.seat.member)
    throw new MemberError('NOT_VERIFIED', 'This alert is another member’s.', 'Only its sender can sign it anew.', [
      'alert',
    ]);
  const raised = findEventBody(statement, EVENTS.alertRaised);
  const updated = findEventBody(statement, EVENTS.alertUpdated);
  return checkContent(raised ?? updated?.['content']);
}
