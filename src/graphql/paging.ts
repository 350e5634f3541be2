import { Refusal } from '../protocol/index.js';

/** The four arguments of a Relay connection. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** A checked request for a page. */
export interface PageRequest {
  readonly size: number;
  /** Whether the page is taken from the back. */
  readonly backward: boolean;
  readonly after: string | null;
  readonly before: string | null;
}

/** A page in Relay's shape; a cursor is sealed only when it is asked for. */
export interface Page<Node> {
  readonly edges: readonly { readonly cursor: () => string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: () => string | null;
    readonly endCursor: () => string | null;
  };
}

/** Exactly one of `first` and `last`, 1–100. Throws `Refusal` ARGUMENT_INVALID. */
export function readPage({ first, after, last, before }: PageArguments): PageRequest {
  const [argument, size] = first == null ? (['last', last] as const) : (['first', first] as const);
  if (size == null || (first != null && last != null) || size < 1 || size > 100) {
    throw new Refusal(
      'ARGUMENT_INVALID',
      'The page size is missing or out of range.',
      'Give either first or last, from 1 to 100.',
      [argument],
    );
  }
  return { size, backward: first == null, after: after ?? null, before: before ?? null };
}

/** Makes a page of `found`, which was read in list order (or against it, when backward) with one item more than asked, to see whether more follow. */
export function pageOf<Item, Node>(
  request: PageRequest,
  found: readonly Item[],
  cursorOf: (item: Item) => string,
  nodeOf: (item: Item) => Node,
): Page<Node> {
  const kept = found.slice(0, request.size);
  const more = found.length > request.size;
  if (request.backward) kept.reverse();
  const edges = kept.map((item) => ({ cursor: () => cursorOf(item), node: nodeOf(item) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: request.backward ? request.before !== null : more,
      hasPreviousPage: request.backward ? more : request.after !== null,
      startCursor: () => edges[0]?.cursor() ?? null,
      endCursor: () => edges.at(-1)?.cursor() ?? null,
    },
  };
}
