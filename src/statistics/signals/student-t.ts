/**
 * The probability that Student's t of so many degrees of freedom, from 1 on, is `t` or more: the finite sums of Abramowitz and Stegun 26.7.3 and
 * 26.7.4. True to about 1e-15, in absolute terms.
 */
export function upperTailOfT(t: number, freedom: number): number {
  assertFreedom(freedom);
  const angle = Math.atan(t / Math.sqrt(freedom));
  const cosine = Math.cos(angle);
  const odd = freedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 2 : 1; k <= freedom - 3; k += 2) {
    term *= (k / (k + 1)) * cosine ** 2;
    sum += term;
  }
  const within = odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return Math.max(0, (1 - within) / 2);
}

/** The t that is reached with this probability, between 0 and a half: by halving, to the last digit. Throws RangeError for another one. */
export function quantileOfT(upperTail: number, freedom: number): number {
  if (!(upperTail > 0 && upperTail <= 0.5))
    throw new RangeError('an upper tail that is not above 0 and at most a half');
  let [low, high] = [0, 1];
  while (upperTailOfT(high, freedom) > upperTail) [low, high] = [high, high * 2];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    [low, high] = upperTailOfT(middle, freedom) > upperTail ? [middle, high] : [low, middle];
  }
}

function assertFreedom(freedom: number): void {
  if (!Number.isInteger(freedom) || freedom < 1)
    throw new RangeError('degrees of freedom that are not whole, from 1 on');
}
