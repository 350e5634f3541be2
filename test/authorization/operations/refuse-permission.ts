import { permissionRow } from '../obligation-row.js';

/** Only the alert's sender refuses a permission. */
export const row = permissionRow('refusePermission', 'permissionRefused', { reason: 'safety' });
