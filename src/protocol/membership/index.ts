export * from './bodies.js';
export * from './kinds.js';
export * from './proof.js';
