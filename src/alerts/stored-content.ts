import { type AlertContent, EVENTS } from '../protocol/index.js';
import type { AlertClaims } from './alert-claims.js';

/** The content in a stored statement, which was checked against the JSON Schema when it was taken in. */
export function contentOf(statement: string): AlertContent {
  const { events } = trustedClaims(statement);
  const content = events[EVENTS.alertRaised] ?? events[EVENTS.alertUpdated]?.content;
  if (!content) throw new Error('a stored alert holds no content');
  return content;
}

/** The `jti` of a stored statement. */
export function nameOf(statement: string): string {
  return trustedClaims(statement).jti;
}

function trustedClaims(statement: string): AlertClaims {
  const payload = Buffer.from(statement.split('.', 2)[1] ?? '', 'base64url').toString('utf8');
  return JSON.parse(payload) as AlertClaims; // parsing: `Intake` let nothing else in
}
