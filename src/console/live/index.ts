/** What arrives while a page is open. */
export { ARRIVALS, LiveInboxProvider, useLiveInbox, type LiveInbox } from './live-inbox.js';
