import { type DynamicModule, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { AlertModule } from '../alerts/index.js';
import { BackgroundWork } from '../background/index.js';
import { Database } from '../database/index.js';
import { OntologyModule } from '../ontology/index.js';
import { COUNTER_DATABASE, COUNTING_RULES, type CountingRules, PictureCounter } from './counting/picture-counter.js';
import { KeptCounts } from './picture/kept-counts.js';
import { PictureResolver } from './picture/picture.resolver.js';
import { PictureService } from './picture/picture.service.js';
import { NoiseResolver } from './private-counts/noise.resolver.js';
import { PrivacyLedger } from './private-counts/privacy-ledger.js';
import { PrivateCounts } from './private-counts/private-counts.js';
import { PrivateTables } from './private-counts/private-tables.js';
import { MakingTurn } from './publication/making-turn.js';
import { PieceTables } from './publication/piece-tables.js';
import { PublicationController } from './publication/publication.controller.js';
import { PublicationEntry } from './publication/publication-entry.js';
import { PublicationIntake } from './publication/publication-intake.js';
import { PUBLICATION_METHODS, type PublicationMethod } from './publication/publication-method.js';
import { PublicationPresenter } from './publication/publication-presenter.js';
import { PublicationRegister } from './publication/publication-register.js';
import { PublicationResolver } from './publication/publication.resolver.js';
import { PublicationService } from './publication/publication.service.js';
import { PublishedFiles } from './publication/published-files.js';
import { Slicer } from './slicing/slicer.js';
import { PictureSignalsResolver } from './picture-signals/picture-signals.resolver.js';
import { PictureSignals } from './picture-signals/picture-signals.service.js';

/** How the picture comes about. */
export interface PictureOptions extends CountingRules {
  /** The database as the counter role; it is closed with the hub. */
  readonly source: DataSource;
}

/** Counts alerts for the picture in the background, over a database role of its own, and answers what is asked of it. */
@Module({})
export class StatisticsModule {
  static over({ source, ...rules }: PictureOptions): DynamicModule {
    return {
      module: StatisticsModule,
      imports: [AlertModule, OntologyModule],
      controllers: [PublicationController],
      providers: [
        { provide: COUNTER_DATABASE, useFactory: () => new Database(source) },
        { provide: COUNTING_RULES, useValue: rules },
        {
          provide: Slicer,
          useFactory: (background: BackgroundWork) => background.add(new Slicer()),
          inject: [BackgroundWork],
        },
        ...[PictureCounter, KeptCounts, PictureService, PictureResolver],
        {
          provide: PUBLICATION_METHODS,
          useFactory: (...methods: PublicationMethod[]) => methods,
          inject: [PieceTables, PrivateTables],
        },
        ...[MakingTurn, PieceTables, PublicationEntry, PublicationIntake, PublicationPresenter],
        ...[PublicationRegister, PublicationResolver, PublicationService, PublishedFiles],
        ...[NoiseResolver, PrivacyLedger, PrivateCounts, PrivateTables],
        ...[PictureSignals, PictureSignalsResolver],
      ],
      exports: [PictureCounter],
    };
  }
}
