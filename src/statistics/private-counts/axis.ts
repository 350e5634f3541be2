/** What a cell is about in one dimension of a declared domain. */
export type AxisKey =
  { readonly state: 'KNOWN'; readonly code: string } | { readonly state: 'UNKNOWN' | 'OTHER'; readonly code: null };

/** What a dimension has in a domain. */
export interface DeclaredAxis {
  /** Each once. */
  readonly codes: readonly string[];
  /** What a code counts in besides, by what is above it, itself included. Of codes that are not declared, too. */
  readonly above: (code: string) => readonly string[];
  /** Whether there can be a code that is none of the declared ones nor below one. That follows from the codes, never from the data. */
  readonly hasOthers: boolean;
  /** Whether it can be unknown. */
  readonly hasUnknown: boolean;
}

/** One dimension of a declared domain: its codes, “unknown”, and “other” where there can be others. */
export class Axis {
  readonly keys: readonly AxisKey[];
  /** How many keys one of them counts in at most: itself, with the declared ones above it. */
  readonly longestChain: number;
  private readonly chains: readonly (readonly number[])[];
  private readonly placeOf: ReadonlyMap<string, number>;
  private readonly unknown: readonly number[];
  private readonly other: readonly number[];

  constructor({ codes, above, hasOthers, hasUnknown }: DeclaredAxis) {
    this.keys = [
      ...codes.map((code) => ({ state: 'KNOWN', code }) as const),
      ...(hasUnknown ? [{ state: 'UNKNOWN', code: null } as const] : []),
      ...(hasOthers ? [{ state: 'OTHER', code: null } as const] : []),
    ];
    this.placeOf = new Map(codes.map((code, at) => [code, at]));
    this.unknown = this.placesOf('UNKNOWN');
    this.other = hasOthers ? this.placesOf('OTHER') : this.unknown;
    this.chains = this.keys.map(({ code }, at) =>
      code === null ? [at] : [...new Set([at, ...above(code).flatMap((one) => this.placeOf.get(one) ?? [])])],
    );
    this.longestChain = Math.max(...this.chains.map(({ length }) => length));
  }

  /** The keys in which a key counts: itself first, then the declared ones above it. */
  chainOf(at: number): readonly number[] {
    return this.chains[at] ?? [];
  }

  /** The most specific keys of somebody of whom these codes are known: what is above another of hers is no key of its own. Codes that nobody knows any more are as none. */
  keysOf(codes: readonly string[]): readonly number[] {
    if (codes.length === 0) return this.unknown;
    const places = [...new Set(codes.flatMap((code) => this.placeOf.get(code) ?? []))];
    if (places.length === 0) return this.other;
    return places.filter((one) => !places.some((below) => this.isAbove(one, below)));
  }

  private placesOf(state: AxisKey['state']): number[] {
    return this.keys.flatMap((key, at) => (key.state === state ? [at] : []));
  }

  private isAbove(one: number, below: number): boolean {
    if (one === below || !this.chainOf(below).includes(one)) return false;
    // Two that are above each other are the same; the first stands for both.
    return !this.chainOf(one).includes(below) || below < one;
  }
}
