/**
 * What an officer's program does, on a computer or in a browser: statements, the hub's API, tokens, comparisons, proofs. What works with files is in `files/`, importers in `import/`, the command
 * line in `cli/`.
 */
export { fetchAgreement, type Agreement, type AgreementOptions } from './agreement.js';
export {
  signRaised,
  signUpdated,
  signWithdrawn,
  WITHDRAWAL_REASONS,
  type Signing,
  type WithdrawalReason,
} from './alert-statements.js';
export { bringGrant, readGrants, type BroughtGrant, type SignedGrant } from './budget-grants.js';
export type { AcceptedAnswer, AlertAnswer, BatchAnswer, RefusedAnswer } from './documents/alert-submission.js';
export { csvComment, csvLine } from './csv-cell.js';
export { pictureCsv } from './picture/picture-csv.js';
export { signalsCsv } from './picture/signals-csv.js';
export { InboxReader, type CaughtUp } from './inbox-reader.js';
export { followInboxLive, type Followed, type FollowOptions } from './live-inbox.js';
export { BATCH_LIMIT, MemberClient, type ConnectOptions } from './member-client.js';
export type { Thumbprints } from './custodian-pins.js';
export { isTransient, MemberError, type LocalCode } from './member-error.js';
export { fetchHubKeys, readKeys } from './hub-keys.js';
export { collectEvidence, receiptOfAlert, statementOfReceipt, type Receipted } from './collect-evidence.js';
export { LogWitness, type Look, type ProvenPlace, type Span } from './log-witness.js';
export { openQuery } from './open-query.js';
export type { Asked, Lie } from './ask-custodian.js';
export {
  evaluateTokens,
  fetchEpochs,
  type CustodianReport,
  type EvaluatedTokens,
  type EvaluationOptions,
  type LinkageToken,
  type TokenInput,
  type TokenPurpose,
} from './pseudonymise.js';
export { DeliveryReceiver, setErrorOf, type Received, type StatementKeys } from './delivery-receiver.js';
export { pollHub, type PollBody, type PolledSets } from './poll-hub.js';
export { ComparisonKeys, comparisonsOf } from './comparison-keys.js';
export { IdentityRefusal } from './identity-refusal.js';
export { recompute, verifyFlag, type Recomputed } from './link-outcome.js';
export {
  counterpartKey,
  readLinkStatement,
  readMessages,
  sealingKey,
  type LinkChecks,
  type LinkStatementRead,
  type MessageRead,
} from './link-reading.js';
export { signLink } from './link-statements.js';
export { confirmLink, getLink, openComparison, sayAboutLink, sendMessage, verifiedCounterpart } from './link-acts.js';
export { everyPage, gathered, type PageAnswer } from './every-page.js';
export { knowMembers, pinMember, type KnownMembers } from './known-members.js';
export { isTrusted, type JudgedMember, type MemberTrust, type Standing } from './member-trust.js';
export type { EpochTokens } from './epoch-tokens.js';
export { makeLinkage, type LinkageBasis, type LinkageOrder, type MadeLinkage } from './make-linkage.js';
export { contentCheck, type ContentCheck, type ContentValidator } from './content-check.js';
export type { Place } from './place.js';
export type { ActingMember, ActingSeat, HubAddress, MemberSeat, OfficerSeat } from './seats.js';
export { Vault } from './vault.js';
export { readKeyFile, readKeyFileHead, serialiseKey, type KeyHolder } from './key-file.js';
export { signMembership } from './membership-statements.js';
export { submitMembership } from './submit-membership.js';
export { readsOfDays } from './reads-of-days.js';
export { verifyAccessDay, type VerifiedDay } from './verify-access-day.js';
export { memberSince } from './member-since.js';
export { Outbox, type Draft, type OutboxEntry, type OutboxStage } from './outbox.js';
export {
  isPassing,
  isPassingCode,
  sendEntry,
  type OutboxLine,
  type SendOutcome,
  type TokenOrder,
} from './send-outbox.js';
export { verifyOffline, type SavedKey, type VerifiedStatement } from './verify-statement.js';
