export { ERASURE_GROUNDS, type ErasureGround } from './erasure-ground.js';
export {
  ONWARD_USES,
  type OnwardUse,
  PERMISSION_REFUSAL_REASONS,
  type PermissionRefusalReason,
  permissionIdOf,
} from './permission.js';
export { RETENTION_GROUNDS, type RetentionGround } from './retention-ground.js';
export type * from './statement-bodies.js';
