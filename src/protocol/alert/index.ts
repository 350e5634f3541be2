export * from './age-band.js';
export * from './alert-id.js';
export * from './audience.js';
export * from './case-facts.js';
export * from './content.js';
export * from './disclosure.js';
export * from './partial-date.js';
