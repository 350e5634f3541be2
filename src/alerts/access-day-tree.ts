import { type Hash, type InclusionProof, proveInclusion, rootOf, TreeBuilder } from '../protocol/transparency/index.js';

/** The tree over one day's leaves, a leaf for each member (PROTOCOL.md T21). */
export class AccessDayTree {
  private readonly nodes = new Map<string, Hash>();

  /** The leaves' hashes in rising order. */
  constructor(private readonly leaves: readonly Hash[]) {
    const builder = TreeBuilder.from();
    for (const leaf of leaves)
      for (const { level, index, hash } of builder.append(leaf)) this.nodes.set(`${level} ${index}`, hash);
  }

  get root(): Hash {
    return rootOf(this.leaves.length, this.read);
  }

  /** That a leaf stands under the root. */
  prove(leaf: Hash): InclusionProof {
    const index = this.leaves.findIndex((one) => Buffer.compare(one, leaf) === 0);
    if (index < 0) throw new Error('a leaf of another day');
    return proveInclusion(index, this.leaves.length, this.read);
  }

  private readonly read = ({ level, index }: { readonly level: number; readonly index: number }): Hash => {
    const hash = this.nodes.get(`${level} ${index}`);
    if (!hash) throw new Error('a node that the tree does not have');
    return hash;
  };
}
