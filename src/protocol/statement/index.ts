export * from './claims.js';
export * from './decode.js';
export * from './event-body.js';
export * from './keys.js';
export * from './sign.js';
export * from './verify.js';
export { parseStrictJsonObject, type Json } from './strict-json.js';
