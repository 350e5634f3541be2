/**
 * How often this process refused, by code. Kept here because refusals leave by two ways, as a result and as an error, and codes alone, because what was
 * refused and whom is nobody's business who watches the hub.
 */
const tally = new Map<string, number>();

/** Counts one refusal. `code` is from a closed list, never from a request. */
export function countRefusal(code: string): void {
  tally.set(code, (tally.get(code) ?? 0) + 1);
}

/** The refusals since the process began, by code. */
export function refusalsByCode(): ReadonlyMap<string, number> {
  return tally;
}
