export * from './bodies.js';
export * from './certified-officers.js';
export * from './kinds.js';
export * from './proof.js';
