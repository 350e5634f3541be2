import {
  alertIdOf,
  EVENTS,
  findEventBody,
  Refusal,
  STATEMENT_TYPE,
  type AlertContent,
  type DecodedStatement,
  type Json,
} from '../protocol/index.js';
import { STATEMENT_OF_ALERT, type StatementOfAlertAnswer } from './documents/alerts.js';
import type { MemberClient } from './member-client.js';
import { MemberError } from './member-error.js';
import type { MemberTrust } from './member-trust.js';
import { verifyOffline } from './verify-statement.js';

/**
 * The content of an alert of one's own as it was signed last, so that signing it again signs nothing else. Throws `Refusal` NOT_FOUND,
 * `MemberError` NOT_VERIFIED when what the hub gives is not one's own, or not of this alert: what is signed again would say of it what was said of another.
 */
export async function contentInForce(
  client: Pick<MemberClient, 'query' | 'seat' | 'audience' | 'check'>,
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
  const { aud } = statement.claims;
  const content = findContent(statement, alertId);
  if (statement.typ !== STATEMENT_TYPE || aud !== client.audience || content === null)
    throw new MemberError(
      'NOT_VERIFIED',
      'What the hub gives is not what was signed of this alert to this accord.',
      'Sign nothing; raise the alert anew from your own records, and tell the members of the accord.',
      ['alert'],
    );
  return client.check(content);
}

/** The content in a statement that raised or updated this alert; null when it did neither. */
function findContent(statement: DecodedStatement, alertId: string): Json | null {
  const { iss, jti } = statement.claims;
  const raised = findEventBody(statement, EVENTS.alertRaised);
  if (raised)
    return typeof iss === 'string' && typeof jti === 'string' && alertIdOf(iss, jti) === alertId ? raised : null;
  const updated = findEventBody(statement, EVENTS.alertUpdated);
  return updated?.['alert'] === alertId ? (updated['content'] ?? null) : null;
}
