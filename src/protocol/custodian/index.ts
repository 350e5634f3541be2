/**
 * What custodians and members say to each other: requests, answers, epochs, granted budgets, and the ceremonies by which custodians make a
 * key that nobody holds. `schema/CUSTODIANS.md` has the rules, `schema/linkage/` the forms.
 */
export * from './budget-grant.js';
export * from './ceremony.js';
export * from './ceremony-message.js';
export * from './ceremony-plan.js';
export { standingOf, Transcript, type Fault, type FaultKind, type Standing } from './ceremony-standing.js';
export * from './custodian-refusal.js';
export * from './epoch.js';
export * from './evaluation-answer.js';
export * from './evaluation-request.js';
export * from './sealed-shares.js';
