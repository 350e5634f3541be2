export * from './alert/index.js';
export * from './base64url.js';
export * from './countries.js';
export * from './digest.js';
export * from './events.js';
export * from './membership/index.js';
export * from './refusal.js';
export * from './statement/index.js';
