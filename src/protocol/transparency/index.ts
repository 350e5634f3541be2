/**
 * The log as its readers check it: the tree over all entries, what an entry commits to, signed heads, receipts, witnesses, and evidence that
 * is checked far from any hub. `schema/PROTOCOL.md` has the rules (T1 and on), `schema/transparency/` the forms and vectors.
 */
export * from './access-day.js';
export * from './access-summary.js';
export { assembleBundle, type BundleParts } from './assemble-bundle.js';
export { filesOfBundle } from './bundle-files.js';
export * from './cosignature.js';
export { BUNDLE_FORMAT, readBundleForm, type BundledKey, type EvidenceBundle } from './evidence-bundle.js';
export * from './fault-evidence.js';
export { type KnownLog, readFromLog } from './known-log.js';
export * from './log-entry.js';
export { faulting, LOG_FAULT_CODES, LogFault, type LogFaultCode } from './log-fault.js';
export { EMPTY_ROOT, HASH_BYTES, leafHash, nodeHash, sameHash, type Hash } from './merkle-hash.js';
export {
  proveConsistency,
  proveInclusion,
  rootOf,
  type ConsistencyProof,
  type InclusionProof,
  type NodeReader,
} from './proof-hashes.js';
export * from './proof-form.js';
export * from './receipt.js';
export { TreeBuilder, type CompletedNode } from './tree-builder.js';
export * from './tree-head.js';
export * from './tree-shape.js';
export { verifyBundle, type ProvenStatement, type TrustedAccord } from './verify-bundle.js';
export { MAX_PATH, provesConsistency, provesInclusion } from './verify-proof.js';
export * from './witness.js';
