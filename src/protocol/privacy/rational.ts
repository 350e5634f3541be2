/** An exact fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The fraction of two whole numbers. Throws RangeError unless the denominator is positive. */
export function rational(numerator: bigint, denominator: bigint): Rational {
  if (denominator <= 0n) throw new RangeError('the denominator of a fraction is not positive');
  const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** The nearest floating-point number. For reading only: nothing that is drawn may come from it. */
export function approximate({ numerator, denominator }: Rational): number {
  return Number(numerator) / Number(denominator);
}

/** The whole part of the square root of a whole number from 0 on, by Newton's method. */
export function wholeSquareRoot(value: bigint): bigint {
  if (value < 0n) throw new RangeError('the square root of a negative number');
  if (value < 2n) return value;
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2)); // not below the root, so that the steps only fall
  for (;;) {
    const next = (root + value / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b > 0n) [a, b] = [b, a % b];
  return a;
}
