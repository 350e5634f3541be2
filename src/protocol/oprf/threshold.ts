import { scalarOf, type Element, type Ristretto, type Scalar } from './ristretto.js';

/** One custodian's share of a key: the value of a secret polynomial at the custodian's index (Shamir 1979). The key is its value at zero. */
export interface KeyShare {
  /** 1 or more; fixed for the custodian. */
  readonly index: number;
  readonly secret: Scalar;
}

/** What the custodian of an index made of the blinded elements, or of one of them. */
export interface ShareOfElements {
  readonly index: number;
  readonly evaluated: readonly Element[];
}

/** A polynomial of `threshold` random coefficients, the lowest first; the lowest is the secret. */
export function randomPolynomial(
  group: Ristretto,
  threshold: number,
  secret: Scalar = group.randomScalar(),
): readonly Scalar[] {
  return [secret, ...Array.from({ length: threshold - 1 }, () => group.randomScalar())];
}

/** The value of a polynomial at an index (Horner). */
export function valueAt(group: Ristretto, polynomial: readonly Scalar[], index: number): Scalar {
  const at = scalarOf(index);
  return polynomial.reduceRight((sum, coefficient) => group.addScalars(group.multiplyScalars(sum, at), coefficient));
}

/** Splits a key as a trusted dealer does: for tests and the sandbox only. In use nobody ever holds the whole key. */
export function splitKey(
  group: Ristretto,
  key: Scalar,
  threshold: number,
  indexes: readonly number[],
): readonly KeyShare[] {
  assertIndexes(indexes, threshold);
  const polynomial = randomPolynomial(group, threshold, key);
  return indexes.map((index) => ({ index, secret: valueAt(group, polynomial, index) }));
}

/** By what each index counts when the values at these indexes are put together to the value at another place, zero by default (Lagrange). */
export function lagrangeWeights(group: Ristretto, indexes: readonly number[], place = 0): readonly Scalar[] {
  assertIndexes(indexes, 1);
  const at = scalarOf(place);
  const product = (factors: readonly Scalar[]): Scalar =>
    factors.reduce((all, factor) => group.multiplyScalars(all, factor), scalarOf(1));
  return indexes.map((index) => {
    const others = indexes.filter((other) => other !== index).map(scalarOf);
    const from = product(others.map((other) => group.subtractScalars(at, other)));
    const to = product(others.map((other) => group.subtractScalars(scalarOf(index), other)));
    return group.multiplyScalars(from, group.invertScalar(to));
  });
}

/**
 * Puts evaluations of t custodians together to the evaluation by the whole key, which none of them holds: Lagrange in the exponent.
 * Each was verified before. With fewer than t the result is that of some other key, and nothing says so.
 */
export function combineEvaluations(group: Ristretto, shares: readonly ShareOfElements[]): readonly Element[] {
  const weights = lagrangeWeights(
    group,
    shares.map(({ index }) => index),
  );
  const count = shares[0]?.evaluated.length ?? 0;
  if (shares.some(({ evaluated }) => evaluated.length !== count))
    throw new RangeError('custodians evaluated different numbers of elements');
  return Array.from({ length: count }, (_, at) =>
    group.weightedSum(
      weights,
      shares.flatMap(({ evaluated }) => evaluated.slice(at, at + 1)),
    ),
  );
}

function assertIndexes(indexes: readonly number[], threshold: number): void {
  if (threshold < 1 || indexes.length < threshold) throw new RangeError('fewer indexes than the threshold asks for');
  if (new Set(indexes).size !== indexes.length || indexes.some((index) => !Number.isSafeInteger(index) || index < 1))
    throw new RangeError('an index is a whole number from 1, and each is another');
}
