/** Delivery: the inbox of each member for each purpose, filled from the log, gapless and chained. */
export { AddressPolicy } from './address-policy.js';
export { DeliveryModule } from './delivery.module.js';
export type { DeliveryOptions } from './delivery-options.js';
export { NameResolver } from './name-resolver.js';
export { InboxFiller } from './inbox-filler.js';
export { ArrivalHints } from './arrival-hints.js';
export { PollService } from './poll.service.js';
export { PushQueue } from './push-queue.js';
