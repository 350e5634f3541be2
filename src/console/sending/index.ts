/** What waits in this browser to be sent, sealed, and how it goes. */
export { BackgroundSender } from './background-sender.js';
export { canGo, openOutbox, sendOne, type OnProgress } from './outbox-sender.js';
export { useOutbox, useOutboxChanged } from './use-outbox.js';
