import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type PoolUse } from '../database/index.js';
import { refusalsByCode } from '../graphql/index.js';
import type { Answered } from './requests-under-way.js';

/** Of what the library measures of the process by itself: no versions, no names of what is open. */
const OF_THE_PROCESS = [
  ...['process_cpu_seconds_total', 'process_resident_memory_bytes', 'process_open_fds', 'process_max_fds'],
  ...['process_start_time_seconds', 'nodejs_heap_size_used_bytes', 'nodejs_gc_duration_seconds'],
  ...['nodejs_eventloop_lag_seconds', 'nodejs_eventloop_lag_mean_seconds', 'nodejs_eventloop_lag_max_seconds'],
  ...['nodejs_eventloop_lag_p50_seconds', 'nodejs_eventloop_lag_p90_seconds', 'nodejs_eventloop_lag_p99_seconds'],
];

/** Seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * What a hub measures of itself. Labels come from closed lists: root fields of the schema, codes, routes, methods. Never a member, an officer, an alert or
 * anything else that a client wrote. Whoever wires a capability adds its own to `registry`.
 */
export class Metrics {
  readonly registry = new Registry();

  private readonly requests = new Counter({
    name: 'symbolon_http_requests_total',
    help: 'Requests answered, by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    registers: [this.registry],
  });
  private readonly operations = new Counter({
    name: 'symbolon_operations_total',
    help: 'Requests that asked for a root field of the schema.',
    labelNames: ['operation'],
    registers: [this.registry],
  });
  private readonly durations = new Histogram({
    name: 'symbolon_operation_duration_seconds',
    help: 'How long requests took that asked for a root field of the schema.',
    labelNames: ['operation'],
    buckets: BUCKETS,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    for (const { name } of this.registry.getMetricsAsArray())
      if (!name.startsWith('symbolon_') && !OF_THE_PROCESS.includes(name)) this.registry.removeSingleMetric(name);
    new Counter({
      name: 'symbolon_refusals_total',
      help: 'Refusals and faults since the process began, by code.',
      labelNames: ['code'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [code, count] of refusalsByCode()) this.inc({ code }, count);
      },
    });
  }

  /** Measures a pool of connections. `pool` names it, such as "app". */
  watchPools(pools: Readonly<Record<string, PoolUse>>): void {
    new Gauge({
      name: 'symbolon_pool_connections',
      help: 'Connections to the database, by pool and what they do; waiting are requests without one.',
      labelNames: ['pool', 'state'],
      registers: [this.registry],
      collect() {
        for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(pools)) {
          this.set({ pool, state: 'busy' }, totalCount - idleCount);
          this.set({ pool, state: 'idle' }, idleCount);
          this.set({ pool, state: 'waiting' }, waitingCount);
        }
      },
    });
  }

  countRequest({ route, method, status }: Answered): void {
    this.requests.inc({ route, method, status: String(status) });
  }

  /** `operation` is a root field of the schema. */
  countOperation(operation: string, seconds: number): void {
    this.operations.inc({ operation });
    this.durations.observe({ operation }, seconds);
  }
}
