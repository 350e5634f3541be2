/** No try waits longer than this, seconds. */
const LONGEST = 3 * 86_400;

/**
 * How long to wait after so many failures of one entry, seconds: doubled each time, and up to a quarter more or less, so that streams which failed together do
 * not all come back together. `chance` is from 0 to 1.
 */
export function backOff(failures: number, first: number, chance: number): number {
  return Math.min(LONGEST, first * 2 ** (failures - 1)) * (0.75 + chance / 2);
}
