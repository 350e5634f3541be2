export { Erasure } from './erasure.js';
export { ObligationModule } from './obligation.module.js';
export type { Terms } from './terms.js';
