import { Module } from '@nestjs/common';
import { AlertModule } from '../alerts/index.js';
import { OntologyModule } from '../ontology/index.js';
import { CaseCounts } from './case-counts.js';
import { StatisticsResolver } from './statistics.resolver.js';
import { VerdictSummaries } from './verdict-summary.service.js';

@Module({ imports: [AlertModule, OntologyModule], providers: [CaseCounts, VerdictSummaries, StatisticsResolver] })
export class StatisticsModule {}
