export * from './alert-id.js';
export * from './audience.js';
export * from './content.js';
