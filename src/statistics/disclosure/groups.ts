/** Members by what a function makes of them, in the order in which it comes up. */
export function groupsBy<T>(members: readonly T[], keyOf: (member: T) => unknown): T[][] {
  const byKey = new Map<string | number, T[]>();
  for (const member of members) {
    const made = keyOf(member);
    const key = typeof made === 'string' || typeof made === 'number' ? made : JSON.stringify(made);
    const group = byKey.get(key);
    if (group) group.push(member);
    else byKey.set(key, [member]);
  }
  return [...byKey.values()];
}
