/** The sets of nodes that edges join, in the order of their first nodes. Edges may name further nodes, which join others and belong to their set. */
export function componentsOf(
  nodes: readonly string[],
  edges: readonly (readonly [string, string])[],
): readonly (readonly string[])[] {
  const neighbours = new Map<string, string[]>();
  for (const [a, b] of edges)
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const)
      neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
  const seen = new Set<string>();
  const components: string[][] = [];
  for (const node of nodes) {
    if (seen.has(node)) continue;
    seen.add(node);
    const component = [node];
    for (const reached of component)
      for (const next of neighbours.get(reached) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        component.push(next);
      }
    components.push(component);
  }
  return components;
}
