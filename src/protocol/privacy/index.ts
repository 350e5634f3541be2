/**
 * What a table with noise costs and how wide its noise is: the arithmetic of differential privacy, which whoever is given such a table computes again. The
 * noise itself is drawn by the hub. `schema/PROTOCOL.md` has the rules.
 */
export { spend, type Spending } from './budget.js';
export { type ContributionBounds, sensitivitySquaredOf } from './contribution-bounds.js';
export { halfWidth95 } from './half-width.js';
export { type NoiseTerms, PRIVACY_DELTA, type StatedNoise, statedNoise } from './noise-terms.js';
export { boundInWords, milliOf, promiseInWords, rhoText, widthInWords } from './noise-words.js';
export { approximate, type Rational, rational, wholeSquareRoot } from './rational.js';
export { epsilonOf, rhoMicroOfGaussian, varianceOfGaussian } from './rho.js';
