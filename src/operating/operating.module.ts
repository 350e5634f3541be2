import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { OntologyModule } from '../ontology/index.js';
import { Closure } from './closure.js';
import { DeliveryWatch } from './delivery-watch.js';
import { Draining } from './draining.js';
import { HealthController } from './health.controller.js';
import { JudgingWatch } from './judging-watch.js';
import { LogWatch } from './log-watch.js';
import { Metrics } from './metrics.js';
import { OperationCounting } from './operation-counting.js';
import { OwnIndicators } from './own-indicators.js';
import { Readiness } from './readiness.js';

/** Health and measurements of one node. It knows the capabilities; none of them knows it. */
@Module({
  // Why a node is not ready is in its answer; the framework would log it anew with each.
  imports: [TerminusModule.forRoot({ logger: false }), OntologyModule],
  controllers: [HealthController],
  providers: [
    Closure,
    Draining,
    Readiness,
    OwnIndicators,
    Metrics,
    OperationCounting,
    DeliveryWatch,
    LogWatch,
    JudgingWatch,
  ],
  exports: [Closure, Draining, Readiness, Metrics],
})
export class OperatingModule {}
