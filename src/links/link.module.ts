import { Module } from '@nestjs/common';
import { AlertModule } from '../alerts/index.js';
import { OntologyModule } from '../ontology/index.js';
import { LinkConfirmation } from './link-confirmation.js';
import { LinkIntake } from './link-intake.js';
import { LinkListing } from './link-listing.js';
import { LinkLookup } from './link-lookup.js';
import { LinkPresenter } from './link-presenter.js';
import { LinkResolver } from './link.resolver.js';
import { LinkService } from './link.service.js';
import { NodeResolver } from './node.resolver.js';

/** What holders make of suggestions: comparison under seal, decisions, and what follows from them. */
@Module({
  imports: [AlertModule, OntologyModule],
  providers: [
    LinkConfirmation,
    LinkIntake,
    LinkListing,
    LinkLookup,
    LinkPresenter,
    LinkResolver,
    LinkService,
    NodeResolver,
  ],
})
export class LinkModule {}
