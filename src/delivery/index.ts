/** Delivery: the inbox of each member for each purpose, filled from the log, gapless and chained. */
export { DeliveryModule } from './delivery.module.js';
export { InboxFiller } from './inbox-filler.js';
export { ArrivalHints } from './arrival-hints.js';
