/**
 * The inbox as both sides keep it: what an entry adds to the chain, the signed head, and how a reader proves that it missed nothing.
 * `schema/PROTOCOL.md` has the rules (I1 and on), `schema/delivery/` the forms and vectors.
 */
export * from './delivered-set.js';
export * from './follow-delivered.js';
export { assertComplete, assertHeadFits, followInbox, type GivenEntry, type VerifiedUpTo } from './follow-inbox.js';
export * from './inbox-chain.js';
export * from './inbox-event.js';
export * from './inbox-evidence.js';
export * from './inbox-fault.js';
export * from './inbox-head.js';
export * from './set-error.js';
