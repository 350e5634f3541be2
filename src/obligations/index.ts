export { Erasure } from './erasure.js';
export { ObligationModule } from './obligation.module.js';
export { type AskAsOwner, changeTerms, readTerms, settleTerms, type Terms } from './terms.js';
