/**
 * The oblivious evaluation of linkage keys: RFC 9497, mode 0x01 (VOPRF), suite ristretto255-SHA512, under a key of which t of n
 * custodians hold shares. Mode 0x00 is not spoken, because a custodian that need not prove anything could mark one member with a key of
 * its own; mode 0x02 is not, because 1/(key + info) is no sum of shares.
 */
export * from '../length-prefixed.js';
export * from './blinded-batch.js';
export * from './evaluation-proof.js';
export * from './hash-to-group.js';
export * from './noble-ristretto.js';
export * from './prehash.js';
export * from './ristretto.js';
export * from './sodium-ristretto.js';
export * from './threshold.js';
export * from './token.js';
export * from './verifiable-sharing.js';
export * from './voprf.js';
