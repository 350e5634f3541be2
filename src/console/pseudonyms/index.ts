/**
 * Pseudonyms made in the browser: who a person is stays in a worker of this page; linkage keys are blinded there and evaluated by custodians that are not the
 * hub (LINKAGE: RFC 9497).
 */
export { readRecord, RecordRefused, type ReadRecord } from './read-record.js';
export { makeTokens } from './tokens.js';
