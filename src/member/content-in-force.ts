import { EVENTS, Refusal, type AlertContent, type Json } from '../protocol/index.js';
import { checkContent } from './content-check.js';
import { STATEMENT_OF_ALERT, type StatementOfAlertAnswer } from './documents/alerts.js';
import type { MemberClient } from './member-client.js';
import { listMembers } from './member-list.js';
import { MemberError } from './member-error.js';
import { keysOfMembers } from './saved-members.js';
import { verifyOffline } from './verify-statement.js';

/**
 * The content of an alert of one's own as it was signed last, so that signing it again signs nothing else. Throws `Refusal` NOT_FOUND,
 * `MemberError` NOT_VERIFIED when what the hub gives is not one's own.
 */
export async function contentInForce(client: MemberClient, alertId: string): Promise<AlertContent> {
  const { alert } = await client.query<StatementOfAlertAnswer>(STATEMENT_OF_ALERT, { id: alertId });
  if (!alert) throw new Refusal('NOT_FOUND', 'There is no such alert of yours.', 'Check the id.', ['alert']);
  const { statement, owner } = await verifyOffline(alert.statement, await keysOfMembers(await listMembers(client)));
  if (owner !== client.seat.member)
    throw new MemberError('NOT_VERIFIED', 'This alert is another member’s.', 'Only its sender can sign it anew.', [
      'alert',
    ]);
  const { events } = statement.claims;
  const raised = bodyOf(events, EVENTS.alertRaised);
  const updated = bodyOf(events, EVENTS.alertUpdated);
  return checkContent(raised ?? updated?.['content']);
}

function bodyOf(events: Json | undefined, event: string): { readonly [key: string]: Json } | null {
  const body = isObject(events) ? events[event] : undefined;
  return isObject(body) ? body : null;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
