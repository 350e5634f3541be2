export { Anybody, Asker, type Access, ACCESS, Officers } from './access.js';
export type { GraphqlContext } from './context.js';
export { AccessError, refused, type Refused } from './errors.js';
export { Authentication, GraphqlModule } from './graphql.module.js';
export { whereabouts } from './error-formatter.js';
export { type Hold, HoldAnswer } from './held-answers.js';
export { once } from './once.js';
export { type Page, type PageArguments, pageOf, type PageRequest, readPage } from './paging.js';
export type { Principal } from './principal.js';
