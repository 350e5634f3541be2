export * from './admitted-members.js';
export * from './bodies.js';
export * from './certified-officers.js';
export * from './kinds.js';
export * from './member-history.js';
export * from './proof.js';
