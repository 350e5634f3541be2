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
export { COMPARE_DEFINITIONS, type ComparisonAnswer } from './documents/definitions.js';
export {
  PICTURE,
  PICTURE_DIMENSIONS,
  PICTURE_TABLE,
  type PictureAnswer,
  type PictureCountAnswer,
  type PictureQuestion,
  type PictureRowAnswer,
  type PictureTableAnswer,
  type PictureVerdictsAnswer,
} from './documents/picture.js';
export {
  SIGNAL_SUBJECTS,
  SIGNALS,
  type SignalSeriesAnswer,
  type SignalsAnswer,
  type SignalsQuestion,
} from './documents/signals.js';
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
export { ComparisonKeys } from './comparison-keys.js';
export { IdentityRefusal } from './identity-refusal.js';
export { recompute, verifyFlag, type Recomputed } from './link-outcome.js';
export { counterpartKey, readMessages, sealingKey, type LinkChecks, type MessageRead } from './link-reading.js';
export { signLink } from './link-statements.js';
export type { EpochTokens } from './epoch-tokens.js';
export { makeLinkage, type LinkageBasis, type LinkageOrder, type MadeLinkage } from './make-linkage.js';
export { contentCheck, type ContentCheck, type ContentValidator } from './content-check.js';
export type { Place } from './place.js';
export type { ActingMember, ActingSeat, HubAddress, MemberSeat, OfficerSeat } from './seats.js';
export { Vault } from './vault.js';
export { readKeyFile, readKeyFileHead, serialiseKey, type KeyHolder } from './key-file.js';
export { signMembership } from './membership-statements.js';
