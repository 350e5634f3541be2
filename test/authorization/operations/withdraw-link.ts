import { linkRow } from '../link-row.js';

/** Only a holder takes a link back. */
export const row = linkRow('withdrawLink', 'linkWithdrawn', 'confirmed', { reason: 'error' });
