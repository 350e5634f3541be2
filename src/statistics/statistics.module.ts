import { type DynamicModule, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { AlertModule } from '../alerts/index.js';
import { Database } from '../database/index.js';
import { OntologyModule } from '../ontology/index.js';
import { CaseCounts } from './case-counts.js';
import { COUNTER_DATABASE, COUNTING_RULES, type CountingRules, PictureCounter } from './counting/picture-counter.js';
import { KeptCounts } from './picture/kept-counts.js';
import { PictureResolver } from './picture/picture.resolver.js';
import { PictureService } from './picture/picture.service.js';
import { PictureSignalsResolver } from './picture-signals/picture-signals.resolver.js';
import { PictureSignals } from './picture-signals/picture-signals.service.js';
import { StatisticsResolver } from './statistics.resolver.js';
import { VerdictSummaries } from './verdict-summary.service.js';

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
      providers: [
        { provide: COUNTER_DATABASE, useFactory: () => new Database(source) },
        { provide: COUNTING_RULES, useValue: rules },
        ...[PictureCounter, KeptCounts, PictureService, PictureResolver],
        ...[PictureSignals, PictureSignalsResolver],
        ...[CaseCounts, VerdictSummaries, StatisticsResolver],
      ],
      exports: [PictureCounter],
    };
  }
}
