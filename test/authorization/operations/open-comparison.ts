import { COMPARISON_KEY, linkRow } from '../link-row.js';

/** Only a holder opens its side. */
export const row = linkRow('openComparison', 'comparisonOpened', 'suggested', { key: COMPARISON_KEY });
