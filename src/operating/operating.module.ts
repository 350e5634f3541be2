import { type DynamicModule, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Draining } from './draining.js';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';
import { OperationCounting } from './operation-counting.js';
import { OwnIndicators } from './own-indicators.js';
import { Readiness } from './readiness.js';

/** Health and measurements of one node. It knows the capabilities; none of them knows it. `membership` tells who this hub is. */
@Module({})
export class OperatingModule {
  static over(membership: DynamicModule): DynamicModule {
    return {
      module: OperatingModule,
      // Why a node is not ready is in its answer; the framework would log it anew with each.
      imports: [TerminusModule.forRoot({ logger: false }), membership],
      controllers: [HealthController],
      providers: [Draining, Readiness, OwnIndicators, Metrics, OperationCounting],
      exports: [Draining, Readiness, Metrics],
    };
  }
}
