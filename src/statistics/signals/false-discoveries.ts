/**
 * Up to which probability series are called signals, so that of all that are called so the share that is false is at most `rate` in the mean: the step-up
 * procedure of Benjamini and Hochberg 1995, which holds for independent series and for such as tend to rise together (Benjamini and Yekutieli 2001).
 * Where none is a signal, the level that the most conspicuous did not reach. Throws RangeError for a rate that is not above 0 and at most a half, and
 * without any probability.
 */
export function levelOf(probabilities: readonly number[], rate: number): number {
  if (!(rate > 0 && rate <= 0.5))
    throw new RangeError('a rate of false discoveries that is not above 0 and at most a half');
  if (probabilities.length === 0) throw new RangeError('no probability to judge');
  const ascending = [...probabilities].sort((a, b) => a - b);
  const share = (rank: number): number => (rate * rank) / ascending.length;
  const called = ascending.findLastIndex((probability, at) => probability <= share(at + 1)) + 1;
  return share(Math.max(1, called));
}
