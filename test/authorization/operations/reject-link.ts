import { linkRow } from '../link-row.js';

/** Only a holder says that it is not. */
export const row = linkRow('rejectLink', 'linkRejected', 'comparing', { reason: 'cannot-tell' });
