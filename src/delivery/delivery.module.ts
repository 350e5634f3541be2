import { Module } from '@nestjs/common';
import { AlertModule } from '../alerts/index.js';
import { ArrivalHints } from './arrival-hints.js';
import { InboxCursorBook } from './inbox-cursors.js';
import { InboxFiller } from './inbox-filler.js';
import { InboxListing } from './inbox-listing.js';
import { InboxPresenter } from './inbox-presenter.js';
import { InboxResolver } from './inbox.resolver.js';
import { InboxService } from './inbox.service.js';
import { PostgresArrivalHints } from './postgres-arrival-hints.js';
import { ShownStatements } from './shown-statements.js';

/** What members are told, in one order without a gap. */
@Module({
  imports: [AlertModule],
  providers: [
    { provide: ArrivalHints, useClass: PostgresArrivalHints },
    ...[InboxCursorBook, InboxFiller, InboxListing, InboxPresenter, InboxResolver, InboxService, ShownStatements],
  ],
})
export class DeliveryModule {}
