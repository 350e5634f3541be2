import { type DynamicModule, Module } from '@nestjs/common';
import { AlertModule } from '../alerts/index.js';
import { ArrivalHints } from './arrival-hints.js';
import { DeadLetterCursors } from './dead-letter-cursors.js';
import { DeadLetters } from './dead-letters.js';
import { DeliveredSets } from './delivered-sets.js';
import { DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
import { EndpointCheck } from './endpoint-check.js';
import { InboxCursorBook } from './inbox-cursors.js';
import { InboxFiller } from './inbox-filler.js';
import { InboxListing } from './inbox-listing.js';
import { InboxPresenter } from './inbox-presenter.js';
import { InboxResolver } from './inbox.resolver.js';
import { InboxService } from './inbox.service.js';
import { NameResolver } from './name-resolver.js';
import { PollController } from './poll.controller.js';
import { PollService } from './poll.service.js';
import { PollWaits } from './poll-waits.js';
import { LookTurns } from './look-turns.js';
import { PostgresArrivalHints } from './postgres-arrival-hints.js';
import { PushQueue } from './push-queue.js';
import { PushResolver } from './push.resolver.js';
import { PushRun } from './push-run.js';
import { PushService } from './push.service.js';
import { PushStreams } from './push-streams.js';
import { ReadingOfficers } from './reading-officers.js';
import { ShownStatements } from './shown-statements.js';

/** What members are told, in one order without a gap, and how it comes to them. */
@Module({})
export class DeliveryModule {
  static with(options: DeliveryOptions): DynamicModule {
    return {
      module: DeliveryModule,
      imports: [AlertModule],
      controllers: [PollController],
      providers: [
        { provide: ArrivalHints, useClass: PostgresArrivalHints },
        { provide: DELIVERY_OPTIONS, useValue: options },
        ...[
          InboxCursorBook,
          InboxFiller,
          InboxListing,
          InboxPresenter,
          InboxResolver,
          InboxService,
          LookTurns,
          ShownStatements,
        ],
        ...[DeadLetterCursors, DeadLetters, DeliveredSets, EndpointCheck, NameResolver, ReadingOfficers],
        ...[PollService, PollWaits, PushQueue, PushResolver, PushRun, PushService, PushStreams],
      ],
    };
  }
}
