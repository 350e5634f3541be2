import {
  leafHash,
  nodeHash,
  TreeBuilder,
  type Hash,
  type NodeReader,
} from '../../../src/protocol/transparency/index.js';

/** A tree in memory with all of its stored nodes, as a hub has them in its database. */
export interface GrownTree {
  readonly leaves: readonly Hash[];
  readonly builder: TreeBuilder;
  readonly read: NodeReader;
  /** How many nodes were read since the last time that this was asked. */
  readonly takeReads: () => number;
}

/** Appends leaves one after another and stores what each completes. */
export function growTree(leaves: readonly Hash[]): GrownTree {
  const nodes = new Map<string, Hash>();
  const builder = TreeBuilder.from();
  for (const leaf of leaves)
    for (const { level, index, hash } of builder.append(leaf)) {
      if (nodes.has(`${level}/${index}`)) throw new Error('a stored node was written twice');
      nodes.set(`${level}/${index}`, hash);
    }
  let reads = 0;
  return {
    leaves,
    builder,
    read: ({ level, index }) => {
      reads++;
      const hash = nodes.get(`${level}/${index}`);
      if (!hash) throw new Error(`no node ${level}/${index}`);
      return hash;
    },
    takeReads: () => {
      const read = reads;
      reads = 0;
      return read;
    },
  };
}

/** Hashes of so many made-up leaves. */
export function someLeaves(count: number): readonly Hash[] {
  return Array.from({ length: count }, (_, at) => leafHash(new TextEncoder().encode(`leaf ${at}`)));
}

/** MTH as RFC 9162 §2.1.1 writes it down, from all leaves: slow, and short enough to be seen to be right. */
export function rootByDefinition(leaves: readonly Hash[]): Hash {
  const [only] = leaves;
  if (!only) throw new Error('no leaves');
  if (leaves.length === 1) return only;
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return nodeHash(rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}
