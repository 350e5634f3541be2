export * from './crosswalk.js';
export * from './map-term.js';
export * from './parse-crosswalk.js';
