/** A scalar modulo the group's order: 32 bytes, little-endian, reduced (RFC 9496 §4.4). */
export type Scalar = Uint8Array;

/** An element of ristretto255 in its one encoding of 32 bytes (RFC 9496 §4.3.2). */
export type Element = Uint8Array;

/**
 * The group of the protocol, ristretto255 (RFC 9496), as a library gives it. There are two: `noble` for browsers and as the reference,
 * `libsodium` where speed counts; both give the same bytes. Scalars and elements that come from outside are checked with `isScalar` and
 * `isElement` before anything else is called.
 */
export interface Ristretto {
  readonly library: 'noble' | 'libsodium';
  /** Whether bytes are a reduced scalar in its one encoding; zero is one. */
  isScalar(bytes: Uint8Array): boolean;
  /** Whether bytes are the one encoding of an element other than the identity, which RFC 9497 §3.3 has refused wherever it comes from outside. */
  isElement(bytes: Uint8Array): boolean;
  /** Uniform and not zero (RFC 9497 §2.1). */
  randomScalar(): Scalar;
  /** 64 uniform bytes as a scalar (RFC 9497 §4.1). */
  reduceScalar(bytes: Uint8Array): Scalar;
  addScalars(a: Scalar, b: Scalar): Scalar;
  subtractScalars(a: Scalar, b: Scalar): Scalar;
  multiplyScalars(a: Scalar, b: Scalar): Scalar;
  /** The inverse of a scalar that is not zero. */
  invertScalar(scalar: Scalar): Scalar;
  addElements(a: Element, b: Element): Element;
  multiply(scalar: Scalar, element: Element): Element;
  /** The same for bytes from outside: null when they are not what `isElement` takes. One decoding for both. */
  multiplyForeign(scalar: Scalar, bytes: Uint8Array): Element | null;
  multiplyGenerator(scalar: Scalar): Element;
  /** The sum of the elements, each times its scalar. For public values only: the time taken may tell them. */
  weightedSum(scalars: readonly Scalar[], elements: readonly Element[]): Element;
  /** 64 uniform bytes as an element (RFC 9496 §4.3.4). */
  elementFromBytes(bytes: Uint8Array): Element;
}

/** The encoding of the identity, which no one may send. */
export const IDENTITY: Element = new Uint8Array(32);

/** A small whole number as a scalar. */
export function scalarOf(value: number): Scalar {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError('a scalar is made of a whole number that is not negative');
  const scalar = new Uint8Array(32);
  new DataView(scalar.buffer).setBigUint64(0, BigInt(value), true);
  return scalar;
}

/** Whether two encodings are the same; the time taken does not tell where they differ. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}
