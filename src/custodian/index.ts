/**
 * A custodian: a small service of its own, run by an organisation that is not the hub's operator. It holds one share of each key, evaluates
 * blinded linkage keys within budgets, and publishes a chain of what it did. `schema/CUSTODIANS.md` has the rules.
 *
 * 2026-11-24. A folder of files and no database: a custodian has to be something that a small organisation can run and audit, and what it
 * keeps is one list that only grows. Everything it knows of the past is read from that list at the start.
 */
export { DEFAULT_POLICY, type BudgetPolicy } from './budget-policy.js';
export { CeremonyBoard, CeremonyDesk, holdCeremony, type CeremonyProgress } from './ceremony-desk.js';
export { commitmentOf, follows, type ChainLine, type ChainRecord, type EntryDetail } from './chain-entry.js';
export { ChainReader } from './chain-reader.js';
export { CustodianError, type CustodianErrorCode } from './custodian-error.js';
export { openFolder, pathsIn, type CustodianPaths, type OpenFolder } from './custodian-folder.js';
export { makeIdentity, type CustodianCard } from './custodian-identity.js';
export { EvaluationService, type ServiceParts } from './evaluation-service.js';
export { FileDirectory } from './file-directory.js';
export type { DirectoryOfficer, MemberDirectory } from './member-directory.js';
export { RequestChain } from './request-chain.js';
export { serveCustodian, type ServedCustodian, type ServeOptions } from './serve.js';
export { type HeldEpochs, type ServedEpoch } from './served-epoch.js';
