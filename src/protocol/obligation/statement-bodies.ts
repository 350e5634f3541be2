import type { Purpose } from '../membership/index.js';
import type { ErasureGround } from './erasure-ground.js';
import type { OnwardUse, PermissionRefusalReason } from './permission.js';
import type { RetentionGround } from './retention-ground.js';

/** Says that the member erased what it held of an alert. `alert` is `alert:` and a UUID here and below. */
export interface AlertErasedBody {
  readonly alert: string;
}

/** Says that the member keeps what it holds of an alert. */
export interface AlertRetainedBody {
  readonly alert: string;
  readonly because: RetentionGround;
}

/** Asks an alert's sender for onward use. */
export interface PermissionAskedBody {
  readonly alert: string;
  readonly use: OnwardUse;
  readonly purpose: Purpose;
  /** Exactly one of the two. */
  readonly to: { readonly member?: string; readonly country?: string };
}

/** Gives a permission. `permission` is `permission:` and a UUID here and below. */
export interface PermissionGivenBody {
  readonly permission: string;
  /** The last day, UTC. */
  readonly until: string;
}

/** Refuses a permission, or takes it back. */
export interface PermissionRefusedBody {
  readonly permission: string;
  readonly reason: PermissionRefusalReason;
}

/** Has the hub erase an alert of the signer's own at once, by the person's right. */
export interface SubjectErasedBody {
  readonly alert: string;
  readonly because: ErasureGround;
}

/** The hub's account of one erasure run, by number alone. */
export interface ErasureRunBody {
  readonly alerts: number;
  /** Of alerts in force at their end, of their histories and of their links. */
  readonly statements: number;
  readonly links: number;
  /** Entries of the log whose salts go once a head covers them; left out when there are none. */
  readonly waiting?: number;
}

/** The body that each event carries; `schema/obligation/obligation-statement.schema.json` is the contract. */
export interface ObligationBodies {
  readonly alertErased: AlertErasedBody;
  readonly alertRetained: AlertRetainedBody;
  readonly permissionAsked: PermissionAskedBody;
  readonly permissionGiven: PermissionGivenBody;
  readonly permissionRefused: PermissionRefusedBody;
  readonly subjectErased: SubjectErasedBody;
}
