import { Module } from '@nestjs/common';
import { AlertModule } from '../alerts/index.js';
import { Erasure } from './erasure.js';
import { ErasureAccounts } from './erasure-accounts.js';
import { ErasureTurn } from './erasure-turn.js';
import { ErasureResolver } from './erasure.resolver.js';
import { ObligationListing } from './obligation-listing.js';
import { ObligationPresenter } from './obligation-presenter.js';
import { ObligationResolver } from './obligation.resolver.js';
import { ObligationService } from './obligation.service.js';
import { PermissionListing } from './permission-listing.js';
import { PermissionPresenter } from './permission-presenter.js';
import { PermissionResolver } from './permission.resolver.js';
import { PermissionService } from './permission.service.js';
import { PlaceCursors } from './place-cursors.js';
import { StatementIntake } from './statement-intake.js';
import { SubjectPresenter } from './subject-presenter.js';
import { SubjectRecords } from './subject-records.js';
import { SubjectResolver } from './subject.resolver.js';
import { SubjectService } from './subject.service.js';

/** What is owed after an alert was given: an answer when it ends, a permission before it goes further, and that the hub itself forgets. */
@Module({
  imports: [AlertModule],
  providers: [
    ...[Erasure, ErasureResolver, ObligationListing, ObligationPresenter, ObligationResolver, ObligationService],
    ...[PermissionListing, PermissionPresenter, PermissionResolver, PermissionService],
    ...[ErasureAccounts, ErasureTurn, PlaceCursors, StatementIntake],
    ...[SubjectPresenter, SubjectRecords, SubjectResolver, SubjectService],
  ],
  exports: [Erasure],
})
export class ObligationModule {}
