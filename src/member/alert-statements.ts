import { EVENTS, signStatement, type AlertContent, type Json } from '../protocol/index.js';
import type { ActingSeat } from './seats.js';

/** Why an alert is withdrawn. */
export const WITHDRAWAL_REASONS = [
  'consent-withdrawn',
  'raised-in-error',
  'not-a-victim',
  'case-closed',
  'safety',
  'superseded',
] as const;

export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number];

/** Who signs for which hub, and optionally with which `jti` and at which time (seconds since 1970). */
export interface Signing {
  readonly seat: ActingSeat;
  readonly audience: string;
  readonly jti?: string;
  readonly issuedAt?: number;
}

/** Signs a new alert. The content is not checked here: see `checkContent`. */
export function signRaised(content: AlertContent, signing: Signing): Promise<string> {
  return sign(EVENTS.alertRaised, asJson(content), signing);
}

/** Signs new content for an alert. */
export function signUpdated(alert: string, content: AlertContent, signing: Signing): Promise<string> {
  return sign(EVENTS.alertUpdated, { alert, content: asJson(content) }, signing);
}

/** Signs the withdrawal of an alert. */
export function signWithdrawn(alert: string, reason: WithdrawalReason, signing: Signing): Promise<string> {
  return sign(EVENTS.alertWithdrawn, { alert, reason }, signing);
}

function sign(event: string, body: { readonly [key: string]: Json }, signing: Signing): Promise<string> {
  const { seat, audience, jti } = signing;
  const issuedAt = signing.issuedAt ?? Math.floor(Date.now() / 1000);
  return signStatement(
    { issuer: seat.member, audience, event, body, issuedAt, ...(jti === undefined ? {} : { jti }) },
    seat.key,
  );
}

/** The JSON that a content is sent as; what is undefined falls away. */
function asJson(content: AlertContent): { readonly [key: string]: Json } {
  return JSON.parse(JSON.stringify(content)) as { readonly [key: string]: Json };
}
