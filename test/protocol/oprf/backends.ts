import { loadSodiumRistretto, nobleRistretto, type Ristretto } from '../../../src/protocol/oprf/index.js';

/** Every library that gives the group; each has to pass every vector. */
export const BACKENDS: readonly Ristretto[] = [nobleRistretto, await loadSodiumRistretto()];

export const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
