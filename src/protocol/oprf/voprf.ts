import { sha512 } from '@noble/hashes/sha2.js';
import { joined, lengthPrefixed } from '../length-prefixed.js';
import { hashToGroup } from './hash-to-group.js';
import { IDENTITY, sameBytes, type Element, type Ristretto, type Scalar } from './ristretto.js';

const FINALIZE = new TextEncoder().encode('Finalize');

/** An input behind a random factor. The factor stays with whoever blinds; the element says nothing about the input. */
export interface Blinded {
  readonly blind: Scalar;
  readonly element: Element;
}

/** Blind (RFC 9497 §3.3.2). `blind` is random, except where a vector asks for one. */
export function blindInput(group: Ristretto, input: Uint8Array, blind: Scalar = group.randomScalar()): Blinded {
  const element = hashToGroup(group, input);
  // RFC 9497 §3.3.1: an input that hashes to the identity is invalid. Nobody knows one.
  if (sameBytes(element, IDENTITY)) throw new RangeError('the input has no element');
  return { blind, element: group.multiply(blind, element) };
}

/** The key times each element: the evaluation of BlindEvaluate (RFC 9497 §3.3.2), without its proof. Elements are checked before. */
export function evaluateBlinded(group: Ristretto, key: Scalar, blinded: readonly Element[]): Element[] {
  return blinded.map((element) => group.multiply(key, element));
}

/** The same for elements from outside; each that is none of the group, or the identity, is null (RFC 9497 §3.3, input validation). */
export function evaluateForeign(
  group: Ristretto,
  key: Scalar,
  blinded: readonly Uint8Array[],
): readonly (Element | null)[] {
  return blinded.map((bytes) => group.multiplyForeign(key, bytes));
}

/** Finalize (RFC 9497 §3.3.2) of an evaluation whose proof was verified: 64 bytes. */
export function finalizeOutput(group: Ristretto, input: Uint8Array, blind: Scalar, evaluated: Element): Uint8Array {
  const unblinded = group.multiply(group.invertScalar(blind), evaluated);
  return sha512(joined(lengthPrefixed(input, unblinded), FINALIZE));
}
