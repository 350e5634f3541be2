import { Module } from '@nestjs/common';
import { EpochsModule } from '../epochs/index.js';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import { OntologyModule } from '../ontology/index.js';
import { AccessRecords } from './access-records.js';
import { AccessSummaries } from './access-summaries.js';
import { AccessSummaryResolver } from './access-summary.resolver.js';
import { AlertExpiry } from './expiry.js';
import { AlertLookup } from './alert-lookup.js';
import { AlertPresenter } from './alert-presenter.js';
import { AlertReceipts } from './alert-receipts.js';
import { AlertResolver } from './alert.resolver.js';
import { AlertService } from './alert.service.js';
import { ArrivalSignal } from './arrival-signal.js';
import { AudiencePreviews } from './audience-preview.js';
import { FilterSql } from './conditions.js';
import { Cursors } from './cursor.js';
import { GroupCommit } from './group-commit.js';
import { Intake } from './intake.js';
import { AlertListing } from './listing.js';
import { MemberTurns } from './member-turns.js';
import { Pseudonyms } from './pseudonyms.js';
import { SharedPartsStore } from './shared-parts.js';
import { TokenIntake } from './token-intake.js';
import { TokenKeying } from './token-keying.js';

@Module({
  imports: [EpochsModule, OntologyModule],
  providers: [
    { provide: Cursors, inject: [HUB_IDENTITY], useFactory: (hub: HubIdentity) => new Cursors(hub.cursorSecret) },
    ...[AccessSummaries, AccessSummaryResolver],
    ...[AccessRecords, AlertExpiry, AlertListing, AlertLookup, AlertPresenter, AlertReceipts],
    ...[AlertResolver, AlertService],
    ...[ArrivalSignal, AudiencePreviews, FilterSql, GroupCommit, Intake, MemberTurns, Pseudonyms],
    ...[SharedPartsStore, TokenIntake, TokenKeying],
  ],
  exports: [
    ...[AlertLookup, AlertService, AlertListing, AlertPresenter, ArrivalSignal, Cursors],
    ...[MemberTurns, SharedPartsStore],
  ],
})
export class AlertModule {}
