/**
 * Publications of the picture: what is asked for, what the hub signs, and how anybody verifies it with nothing but the hub's key. `schema/PROTOCOL.md` has the rules (O1 and on),
 * `schema/publication/` the forms.
 */
export { definitionHash } from './definition-hash.js';
export * from './private-method.js';
export * from './publication-document.js';
export * from './publication-request.js';
export * from './published-statement.js';
export { type ProvenNoise } from './verify-noise.js';
export { type ProvenPublication, verifyPublication } from './verify-publication.js';
