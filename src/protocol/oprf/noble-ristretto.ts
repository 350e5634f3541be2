import { mulAddUnsafe } from '@noble/curves/abstract/curve.js';
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { IDENTITY, sameBytes, type Element, type Ristretto, type Scalar } from './ristretto.js';

const { Point } = ristretto255;
const { Fn } = Point;
type Point = InstanceType<typeof Point>;

/** ristretto255 by `@noble/curves`: runs anywhere, and is what the other is compared with. */
export const nobleRistretto: Ristretto = {
  library: 'noble',
  isScalar: (bytes) => bytes.length === 32 && bytesToNumberLE(bytes) < Fn.ORDER,
  isElement: (bytes) => bytes.length === 32 && !sameBytes(bytes, IDENTITY) && decodes(bytes),
  randomScalar() {
    for (;;) {
      const scalar = this.reduceScalar(crypto.getRandomValues(new Uint8Array(64)));
      if (!sameBytes(scalar, IDENTITY)) return scalar;
    }
  },
  reduceScalar: (bytes) => Fn.toBytes(Fn.create(bytesToNumberLE(bytes))),
  addScalars: (a, b) => Fn.toBytes(Fn.add(number(a), number(b))),
  subtractScalars: (a, b) => Fn.toBytes(Fn.sub(number(a), number(b))),
  multiplyScalars: (a, b) => Fn.toBytes(Fn.mul(number(a), number(b))),
  invertScalar: (scalar) => Fn.toBytes(Fn.inv(number(scalar))),
  addElements: (a, b) => point(a).add(point(b)).toBytes(),
  multiply: (scalar, element) => multiple(point(element), scalar),
  multiplyForeign(scalar, bytes) {
    return this.isElement(bytes) ? this.multiply(scalar, bytes) : null;
  },
  multiplyGenerator: (scalar) => multiple(Point.BASE, scalar),
  weightedSum: (scalars, elements) => mulAddUnsafe(Point, elements.map(point), scalars.map(number)).toBytes(),
  elementFromBytes(bytes) {
    if (!ristretto255_hasher.deriveToCurve) throw new Error('the library no longer derives elements');
    return ristretto255_hasher.deriveToCurve(bytes).toBytes();
  },
};

function decodes(bytes: Uint8Array): boolean {
  try {
    point(bytes);
    return true;
  } catch {
    return false;
  }
}

function point(element: Element): Point {
  return Point.fromBytes(element);
}

function number(scalar: Scalar): bigint {
  return Fn.fromBytes(scalar);
}

/** The library refuses to multiply by zero. */
function multiple(of: Point, scalar: Scalar): Element {
  const factor = number(scalar);
  return factor === 0n ? IDENTITY.slice() : of.multiply(factor).toBytes();
}
