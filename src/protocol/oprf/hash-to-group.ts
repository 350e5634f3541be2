import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { joined } from '../length-prefixed.js';
import type { Element, Ristretto, Scalar } from './ristretto.js';

const encoder = new TextEncoder();

/** Mode 0x01 of the suite, the only one that is spoken (RFC 9497 §3.1, §4.1). */
export const VOPRF_CONTEXT = contextOf(0x01);

/** The context string of a mode of the suite ristretto255-SHA512 (RFC 9497 §3.1). */
export function contextOf(mode: number): Uint8Array {
  return joined(encoder.encode('OPRFV1-'), Uint8Array.of(mode), encoder.encode('-ristretto255-SHA512'));
}

/** HashToGroup (RFC 9497 §4.1). */
export function hashToGroup(group: Ristretto, input: Uint8Array, context = VOPRF_CONTEXT): Element {
  return group.elementFromBytes(expanded(input, 'HashToGroup-', context));
}

/** HashToScalar (RFC 9497 §4.1). */
export function hashToScalar(group: Ristretto, input: Uint8Array, context = VOPRF_CONTEXT): Scalar {
  return group.reduceScalar(expanded(input, 'HashToScalar-', context));
}

function expanded(input: Uint8Array, label: string, context: Uint8Array): Uint8Array {
  return expand_message_xmd(input, joined(encoder.encode(label), context), 64, sha512);
}
