import { linkRow } from '../link-row.js';

/** Only holders compare. */
export const row = linkRow('sendComparisonMessage', 'comparisonMessage', 'comparing', {
  sealed: 'eyJh..aXY.Y2lwaGVy.dGFn',
});
