import { PRIVACY_DELTA, type StatedNoise } from './noise-terms.js';

/** A cost as people write it: 10,000 micro-rho are `0.01`. */
export function rhoText(rhoMicro: number): string {
  return String(rhoMicro / 1e6);
}

/** How wide the noise of a table is, for whoever reads its numbers. */
export function widthInWords({ halfWidth95 }: Pick<StatedNoise, 'halfWidth95'>): string {
  return `every number has random noise added; it is off by up to ${halfWidth95} in 95 of 100 cells, and by more in the rest. A number below 0 is such noise. Sums of n cells are off by √n times as much, not n times`;
}

/** What one person counts at most, for whoever reads the numbers. */
export function boundInWords(combinations: number, cellsPerPerson: number): string {
  const once = combinations === 1 ? 'one combination of codes' : `${combinations} combinations of codes`;
  const cells =
    cellsPerPerson === combinations ? '' : `, each with the broader codes above it, ${cellsPerPerson} cells at most`;
  return `a person counts in ${once} at most${cells}; of whom more are known, so many are chosen by lot, so that what often occurs together is counted too low`;
}

/** What the noise promises to each person, for whoever asks. */
export function promiseInWords({ rhoMicro, epsilon }: Pick<StatedNoise, 'rhoMicro' | 'epsilon'>): string {
  return `whatever is known besides, nobody can tell by it whether a person is among those counted but for odds that change by a factor of e^${milliOf(epsilon) / 1000} at most, save with a probability of ${PRIVACY_DELTA} (rho ${rhoText(rhoMicro)}, zero-concentrated differential privacy)`;
}

/** A number in thousandths, rounded up: what is signed has whole numbers alone. */
export function milliOf(value: number): number {
  return Math.ceil(value * 1000);
}
