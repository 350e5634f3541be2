/** What of the hub's word this browser checks by itself: who the members are, and who signed what. */
export { checkStatement, type CheckedStatement } from './check-statement.js';
export { proveInLog, type ProvenInLog } from './prove-in-log.js';
export { useKnownMembers } from './known-members.js';
