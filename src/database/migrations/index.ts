import { CreateRoles1795460000000 } from './1795460000000-create-roles.js';
import { CreateMembership1795460001000 } from './1795460001000-create-membership.js';
import { CreateAlerts1795460002000 } from './1795460002000-create-alerts.js';
import { NarrowAlertStatementReading1795460002500 } from './1795460002500-narrow-alert-statement-reading.js';
import { AddAlertRaising1795460003000 } from './1795460003000-add-alert-raising.js';
import { NarrowFunctionSearchPaths1795460003500 } from './1795460003500-narrow-function-search-paths.js';
import { DropAlertForeignKeys1795460004000 } from './1795460004000-drop-alert-foreign-keys.js';
import { ReplaceAlertRaising1795460004500 } from './1795460004500-replace-alert-raising.js';
import { CreateLinks1795460005000 } from './1795460005000-create-links.js';
import { CreateEpochs1795460005500 } from './1795460005500-create-epochs.js';
import { CreateLinkageRecords1795460006000 } from './1795460006000-create-linkage-records.js';
import { ReplaceAlertRaising1795460006100 } from './1795460006100-replace-alert-raising.js';
import { NarrowLinkReading1795460007000 } from './1795460007000-narrow-link-reading.js';
import { WidenAlertSenders1795460007200 } from './1795460007200-widen-alert-senders.js';
import { AddLinkDeciding1795460007400 } from './1795460007400-add-link-deciding.js';
import { ReplaceFlagEnding1795460009000 } from './1795460009000-replace-flag-ending.js';
import { NarrowMatcherRole1795460009100 } from './1795460009100-narrow-matcher-role.js';
import { NarrowLinkSuggesting1795460009200 } from './1795460009200-narrow-link-suggesting.js';
import { AddConfirmedPairs1795460009400 } from './1795460009400-add-confirmed-pairs.js';
import { CreateLogTree1795460010000 } from './1795460010000-create-log-tree.js';
import { WidenAlertStatement1795460010900 } from './1795460010900-widen-alert-statement.js';
import { CreateInboxes1795460011000 } from './1795460011000-create-inboxes.js';
import { AddInboxFilling1795460011100 } from './1795460011100-add-inbox-filling.js';
import { CreateObligations1795460012000 } from './1795460012000-create-obligations.js';
import { CreatePermissions1795460012300 } from './1795460012300-create-permissions.js';
import { AddErasure1795460012600 } from './1795460012600-add-erasure.js';
import { GrantMigrationsReading1795460013000 } from './1795460013000-grant-migrations-reading.js';
import { CreateJobQueue1795460017000 } from './1795460017000-create-job-queue.js';
import { CreatePushStreams1795460017100 } from './1795460017100-create-push-streams.js';
import { CreateSubjectErasures1795460018000 } from './1795460018000-create-subject-erasures.js';
import { AddAccessSummaries1795460018300 } from './1795460018300-add-access-summaries.js';
import { AddDeliveryWatching1795460018410 } from './1795460018410-add-delivery-watching.js';
import { RevokeTermChanging1795460018500 } from './1795460018500-revoke-term-changing.js';
import { CreateRestorations1795460018510 } from './1795460018510-create-restorations.js';
import { AddAccessHashing1795460018700 } from './1795460018700-add-access-hashing.js';
import { ReplaceSubjectErasing1795460018710 } from './1795460018710-replace-subject-erasing.js';
import { AddAlertTraits1795460019000 } from './1795460019000-add-alert-traits.js';
import { CreatePicture1795460019100 } from './1795460019100-create-picture.js';
import { AddJudgingProgress1795460019900 } from './1795460019900-add-judging-progress.js';
import { CreatePublications1795460020100 } from './1795460020100-create-publications.js';
import { CreatePrivacyBudget1795460020200 } from './1795460020200-create-privacy-budget.js';
import { ReplaceInboxTelling1795460018720 } from './1795460018720-replace-inbox-telling.js';
import { CreatePictureSums1795460020000 } from './1795460020000-create-picture-sums.js';
import { NarrowPictureRelease1795460020400 } from './1795460020400-narrow-picture-release.js';

/** Every migration in order. */
export const MIGRATIONS = [
  CreateRoles1795460000000,
  CreateMembership1795460001000,
  CreateAlerts1795460002000,
  NarrowAlertStatementReading1795460002500,
  AddAlertRaising1795460003000,
  NarrowFunctionSearchPaths1795460003500,
  DropAlertForeignKeys1795460004000,
  ReplaceAlertRaising1795460004500,
  CreateLinks1795460005000,
  CreateEpochs1795460005500,
  CreateLinkageRecords1795460006000,
  ReplaceAlertRaising1795460006100,
  NarrowLinkReading1795460007000,
  WidenAlertSenders1795460007200,
  AddLinkDeciding1795460007400,
  ReplaceFlagEnding1795460009000,
  NarrowMatcherRole1795460009100,
  NarrowLinkSuggesting1795460009200,
  AddConfirmedPairs1795460009400,
  CreateLogTree1795460010000,
  WidenAlertStatement1795460010900,
  CreateInboxes1795460011000,
  AddInboxFilling1795460011100,
  CreateObligations1795460012000,
  CreatePermissions1795460012300,
  AddErasure1795460012600,
  GrantMigrationsReading1795460013000,
  CreateJobQueue1795460017000,
  CreatePushStreams1795460017100,
  CreateSubjectErasures1795460018000,
  AddAccessSummaries1795460018300,
  AddDeliveryWatching1795460018410,
  RevokeTermChanging1795460018500,
  CreateRestorations1795460018510,
  AddAccessHashing1795460018700,
  ReplaceSubjectErasing1795460018710,
  ReplaceInboxTelling1795460018720,
  AddAlertTraits1795460019000,
  CreatePicture1795460019100,
  AddJudgingProgress1795460019900,
  CreatePictureSums1795460020000,
  CreatePublications1795460020100,
  CreatePrivacyBudget1795460020200,
  NarrowPictureRelease1795460020400,
];
