import { Controller, Get } from '@nestjs/common';
import { type HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { Anybody } from '../graphql/index.js';
import { Readiness } from './readiness.js';

/** For whoever keeps nodes running: whether to start this one anew, and whether to send it requests. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly readiness: Readiness,
  ) {}

  /** Whether the process answers. It asks nothing of the database: a node without one is not helped by being started anew. */
  @Get('live')
  @Anybody()
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }

  /** Whether the node can serve; 503 and a code for each thing that it lacks. */
  @Get('ready')
  @Anybody()
  ready(): Promise<HealthCheckResult> {
    return this.health.check([...this.readiness.all]);
  }
}
