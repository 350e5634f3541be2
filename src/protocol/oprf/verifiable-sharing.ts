import { IDENTITY, sameBytes, scalarOf, type Element, type Ristretto, type Scalar } from './ristretto.js';

/** A polynomial's coefficients times the generator, the lowest first: they bind the dealer, and tell nobody a coefficient (Feldman 1987). */
export type Commitments = readonly Element[];

/** Commits to a polynomial. */
export function commitTo(group: Ristretto, polynomial: readonly Scalar[]): Commitments {
  return polynomial.map((coefficient) => group.multiplyGenerator(coefficient));
}

/** The generator times the polynomial's value at an index, from the commitments alone: for the sum of all dealers' polynomials, a custodian's `P_i`. */
export function committedValueAt(group: Ristretto, commitments: Commitments, index: number): Element {
  const at = scalarOf(index);
  let power = scalarOf(1);
  const powers = commitments.map(() => {
    const present = power;
    power = group.multiplyScalars(power, at);
    return present;
  });
  return group.weightedSum(powers, commitments);
}

/** Whether a dealt share is what the dealer committed to. */
export function isShareOf(group: Ristretto, commitments: Commitments, index: number, share: Scalar): boolean {
  return (
    group.isScalar(share) && sameBytes(group.multiplyGenerator(share), committedValueAt(group, commitments, index))
  );
}

/** The commitments to the sum of polynomials. */
export function sumOfCommitments(group: Ristretto, dealers: readonly Commitments[]): Commitments {
  const length = Math.max(0, ...dealers.map((commitments) => commitments.length));
  return Array.from({ length }, (_, at) =>
    dealers.reduce((sum, commitments) => group.addElements(sum, commitments[at] ?? IDENTITY), IDENTITY),
  );
}
