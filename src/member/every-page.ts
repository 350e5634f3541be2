/** A page of a Relay connection as it comes over the wire. */
export interface PageAnswer<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** All nodes of a connection, page by page: whoever stops taking them has no further page asked for. */
export async function* everyPage<Node>(
  ask: (after: string | null) => Promise<PageAnswer<Node>>,
): AsyncGenerator<Node, void, undefined> {
  for (let after: string | null = null; ;) {
    const { edges, pageInfo } = await ask(after);
    for (const { node } of edges) yield node;
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

/** What an asynchronous source gives, as a list. */
export async function gathered<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of source) found.push(one);
  return found;
}
