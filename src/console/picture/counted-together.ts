/** By what the picture is counted together as finely as the rules of disclosure allow. */
const CORE: ReadonlySet<string> = new Set([
  ...['MONTH', 'QUARTER', 'YEAR', 'ORIGIN', 'ORIGIN_REGION', 'EXPLOITATION', 'EXPLOITATION_REGION'],
  ...['PURPOSE', 'GENDER', 'AGE_BAND'],
]);

/** Whether the hub counts dimensions together: of what stands beside the core one at a time, and with verdicts only means. One's own alerts are counted by any. */
export function areCountedTogether(by: readonly string[], withVerdicts: boolean, scope: 'SHARED' | 'OWN'): boolean {
  if (scope === 'OWN') return true;
  const beside = by.filter((dimension) => !CORE.has(dimension));
  return beside.length === 0 || (beside.length === 1 && (!withVerdicts || beside[0] === 'MEANS'));
}
