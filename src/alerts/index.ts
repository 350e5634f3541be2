export { AlertModule } from './alert.module.js';
export { AlertService, MAX_BATCH } from './alert.service.js';
export { ArrivalSignal } from './arrival-signal.js';
export type { AlertFilter, Reader } from './alert-filter.js';
export { addressedTo, Conditions, FilterSql, sentBy } from './conditions.js';
export { type GraphqlAlertFilter, readFilter } from './graphql-filter.js';
export type { ArrivalFacts, HubToken } from './linkage-arrival.js';
