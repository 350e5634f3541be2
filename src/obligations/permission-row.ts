import type { OnwardUse, PermissionRefusalReason, Purpose } from '../protocol/index.js';

/** A row of the table `permission`. */
export interface PermissionRow {
  /** UUID. */
  readonly id: string;
  /** Its number among all, which leaves the hub only inside a sealed cursor. */
  readonly place: string;
  readonly alert_id: string;
  readonly asker: string;
  readonly provider: string;
  readonly use: OnwardUse;
  readonly purpose: Purpose;
  readonly to_member: string | null;
  readonly to_country: string | null;
  readonly asked_at: Date;
  readonly state: 'asked' | 'given' | 'refused' | 'ended';
  /** The last day, `2026-11-29`. */
  readonly until: string | null;
  readonly reason: PermissionRefusalReason | null;
  readonly request: string;
  readonly answers: readonly string[];
}

/** The columns of `PermissionRow`. */
export const PERMISSION_COLUMNS =
  'id, place, alert_id, asker, provider, use, purpose, to_member, to_country, asked_at, state, until::text, reason, request, answers';

const PERMISSION_ID = /^permission:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** The UUID in a permission's id; null for what is none. */
export function uuidOfPermission(id: string): string | null {
  return PERMISSION_ID.exec(id)?.[1] ?? null;
}
