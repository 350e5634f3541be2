import type { Fit, Observation } from './poisson-regression.js';
import { quantileOfT } from './student-t.js';

/** So seldom is an ordinary period of the past taken for an outbreak: 2.58 standard deviations, as in Noufaily et al. 2013. */
const UPPER_TAIL = 0.005;

/**
 * Which observations are outbreaks: those whose Anscombe residual, as it would be were they left out of the fit, is above the 0.995 quantile of Student's
 * t. A residual within the fit is hardly ever above √freedom, so that in eight quarters none would be above the 2.58 that is usual for long series.
 */
export function outbreaksIn(
  observations: readonly Observation[],
  fit: Fit,
  leastDispersion: number,
): readonly boolean[] {
  const dispersion = Math.max(leastDispersion, fit.dispersion);
  const freedom = fit.freedom - 1;
  if (freedom < 1) return observations.map(() => false);
  const limit = quantileOfT(UPPER_TAIL, freedom);
  return observations.map(({ count }, at) => {
    const mean = fit.expected[at] ?? 0;
    const own = 1 - (fit.leverage[at] ?? 0);
    if (!(own > 0)) return false; // the fit goes through it whatever it is
    const residual = anscombe(count, mean) / Math.sqrt(dispersion * own);
    const rest = fit.freedom - residual ** 2; // what of the dispersion the others have
    return residual > 0 && (rest <= 0 || residual * Math.sqrt(freedom / rest) > limit);
  });
}

/** How far a Poisson count is from its mean, on a scale on which it is nearly normal with variance 1 (McCullagh and Nelder 1989, §2.4.2). */
function anscombe(count: number, mean: number): number {
  return (1.5 * (count ** (2 / 3) - mean ** (2 / 3))) / mean ** (1 / 6);
}
