import { EMPTY_ROOT, HASH_BYTES, nodeHash, type Hash } from './merkle-hash.js';
import { hashOver } from './proof-hashes.js';
import { isTreeSize, MAX_TREE_SIZE, peaksOf, type NodeAddress } from './tree-shape.js';

/** A node that an appended leaf completed, to be stored. */
export interface CompletedNode extends NodeAddress {
  readonly hash: Hash;
}

/** A tree that grows at its end. It holds the hashes of its perfect subtrees and nothing else: one for each bit of its size. */
export class TreeBuilder {
  private constructor(
    private leaves: number,
    private readonly stack: Hash[],
  ) {}

  /** Goes on with a tree: its size, and the hashes of the subtrees that `peaksOf` names. Throws RangeError when these do not fit each other. */
  static from(size = 0, peaks: readonly Hash[] = []): TreeBuilder {
    if (!isTreeSize(size) || peaksOf(size).length !== peaks.length || peaks.some(({ length }) => length !== HASH_BYTES))
      throw new RangeError('the peaks are not those of a tree of this size');
    return new TreeBuilder(size, [...peaks]);
  }

  get size(): number {
    return this.leaves;
  }

  /** The hashes of the perfect subtrees, from left to right. */
  get peaks(): readonly Hash[] {
    return [...this.stack];
  }

  get root(): Hash {
    return this.leaves === 0 ? EMPTY_ROOT : hashOver(this.stack);
  }

  /** Appends the hash of a leaf. Gives the nodes that it completed, itself first; none of them ever changes. */
  append(hash: Hash): readonly CompletedNode[] {
    if (hash.length !== HASH_BYTES) throw new RangeError('a hash has 32 bytes');
    if (this.leaves >= MAX_TREE_SIZE) throw new RangeError('the tree is full');
    let node: CompletedNode = { level: 0, index: this.leaves, hash };
    const completed = [node];
    // A right child completes its parent, as a carry does in counting.
    while (node.index % 2 === 1) {
      const left = this.stack.pop();
      if (!left) throw new RangeError('the peaks are not those of a tree of this size');
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left, node.hash) };
      completed.push(node);
    }
    this.stack.push(node.hash);
    this.leaves += 1;
    return completed;
  }
}
