export {
  appDataSource,
  assertBoundByRowSecurity,
  counterDataSource,
  DatabaseRoleError,
  isMigrated,
  matcherDataSource,
  migrate,
  migrationNumber,
  NEWEST_MIGRATION,
  type Patience,
} from './data-source.js';
export { type Acting, type Ahead, Database, type Statement, type Transaction } from './database.js';
export { poolOf, type PoolUse } from './pool-use.js';
export { DatabaseModule } from './database.module.js';
export { EmbeddedServerError, type EmbeddedServer, startEmbeddedServer } from './embedded-server.js';
export { Interned } from './interned.js';
export { FolderTakenError, lockFolder } from './folder-lock.js';
export type { Remedy } from './remedies.js';
export { RESTORATION_TABLE } from './restorations.js';
export { writersOf } from './table-writers.js';
export type { Heard, Listening } from './listening.js';
