import type Sodium from 'libsodium-wrappers-sumo';
import { IDENTITY, sameBytes, type Element, type Ristretto, type Scalar } from './ristretto.js';

/** Loads libsodium and gives its ristretto255: about ten times as fast as the other. Loaded when asked for, so that a page that does without it does not fetch it. */
export async function loadSodiumRistretto(): Promise<Ristretto> {
  const { default: sodium } = await import('libsodium-wrappers-sumo');
  await sodium.ready;
  return sodiumRistretto(sodium);
}

function sodiumRistretto(sodium: typeof Sodium): Ristretto {
  const group: Ristretto = {
    library: 'libsodium',
    // Adding zero reduces: only a reduced scalar stays what it was.
    isScalar: (bytes) =>
      bytes.length === 32 && sameBytes(sodium.crypto_core_ristretto255_scalar_add(bytes, IDENTITY), bytes),
    isElement: (bytes) =>
      bytes.length === 32 && !sameBytes(bytes, IDENTITY) && sodium.crypto_core_ristretto255_is_valid_point(bytes),
    randomScalar: () => sodium.crypto_core_ristretto255_scalar_random(),
    reduceScalar: (bytes) => sodium.crypto_core_ristretto255_scalar_reduce(bytes),
    addScalars: (a, b) => sodium.crypto_core_ristretto255_scalar_add(a, b),
    subtractScalars: (a, b) => sodium.crypto_core_ristretto255_scalar_sub(a, b),
    multiplyScalars: (a, b) => sodium.crypto_core_ristretto255_scalar_mul(a, b),
    invertScalar: (scalar) => sodium.crypto_core_ristretto255_scalar_invert(scalar),
    addElements: (a, b) => sodium.crypto_core_ristretto255_add(a, b),
    multiply: (scalar, element) =>
      isZero(scalar) || isZero(element) ? IDENTITY.slice() : sodium.crypto_scalarmult_ristretto255(scalar, element),
    multiplyForeign(scalar, bytes) {
      if (bytes.length !== 32 || isZero(bytes) || isZero(scalar)) return null;
      try {
        return sodium.crypto_scalarmult_ristretto255(scalar, bytes);
      } catch {
        // With the identity out, the library fails for nothing but an encoding that is none (RFC 9496 §4.3.1).
        return null;
      }
    },
    multiplyGenerator: (scalar) =>
      isZero(scalar) ? IDENTITY.slice() : sodium.crypto_scalarmult_ristretto255_base(scalar),
    weightedSum: (scalars, elements) =>
      elements.reduce(
        (sum, element, at) => group.addElements(sum, group.multiply(scalars[at] ?? IDENTITY, element)),
        IDENTITY,
      ),
    elementFromBytes: (bytes) => sodium.crypto_core_ristretto255_from_hash(bytes),
  };
  return group;
}

/** In a group of prime order a product is the identity only when a factor is zero; the library treats that as an error. */
function isZero(bytes: Scalar | Element): boolean {
  return sameBytes(bytes, IDENTITY);
}
