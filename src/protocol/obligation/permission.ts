import { derivedIdOf } from '../derived-id.js';

/** What a recipient may want to do with an alert beyond what its handling code leaves free (PROTOCOL.md W7). */
export const ONWARD_USES = ['evidence', 'pass-on'] as const;
export type OnwardUse = (typeof ONWARD_USES)[number];

/** Why a provider refuses, or takes back. */
export const PERMISSION_REFUSAL_REASONS = [
  'safety',
  'no-consent',
  'source-protection',
  'legal-bar',
  'not-necessary',
] as const;
export type PermissionRefusalReason = (typeof PERMISSION_REFUSAL_REASONS)[number];

/** The id of a request for permission: `permission:` and a UUID that follows from the asker and the `jti` of its request. */
export function permissionIdOf(asker: string, jti: string): string {
  return derivedIdOf('permission', asker, jti);
}
