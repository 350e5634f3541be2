import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

/** How many connections a pool has, and how many ask for one. */
export type PoolUse = Pick<Pool, 'totalCount' | 'idleCount' | 'waitingCount'>;

/** The pool behind a data source. */
export function poolOf(source: DataSource): Pool {
  const driver = source.driver as PostgresDriver; // parsing: the only kind of source there is
  return driver.master as Pool; // parsing: the driver leaves its pool untyped
}
