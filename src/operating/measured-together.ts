import { Gauge, type Registry } from 'prom-client';

/** A gauge over something that is asked for: its name, what it says, and where the value is. */
export type MeasuredGauge<T> = readonly [name: string, help: string, valueOf: (found: T) => number];

/** Gauges over one thing that is asked for once for all that are measured together. A value that cannot be had is NaN. */
export function measureTogether<T>(
  registry: Registry,
  ask: () => Promise<T | null>,
  gauges: readonly MeasuredGauge<T>[],
): void {
  let asked: Promise<T | null> | null = null;
  const found = (): Promise<T | null> => (asked ??= ask().finally(() => (asked = null)));
  for (const [name, help, valueOf] of gauges)
    new Gauge({
      ...{ name, help, registers: [registry] },
      async collect() {
        const now = await found().catch(() => null);
        this.set(now ? valueOf(now) : NaN);
      },
    });
}
