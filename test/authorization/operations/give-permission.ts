import { permissionRow } from '../obligation-row.js';

/** Only the alert's sender gives a permission. */
export const row = permissionRow('givePermission', 'permissionGiven', {
  until: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
});
