import { linkRow } from '../link-row.js';

/** Only a holder says that it is one person. */
export const row = linkRow('confirmLink', 'linkConfirmed', 'comparing', { episode: { exit: 'unknown' } });
