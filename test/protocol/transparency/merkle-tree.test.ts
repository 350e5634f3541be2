import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  EMPTY_ROOT,
  leafHash,
  MAX_PATH,
  MAX_TREE_SIZE,
  peaksOf,
  planConsistency,
  planInclusion,
  proveConsistency,
  proveInclusion,
  provesConsistency,
  provesInclusion,
  rootOf,
  TreeBuilder,
  type ConsistencyProof,
  type Hash,
  type InclusionProof,
} from '../../../src/protocol/transparency/index.js';
import { growTree, rootByDefinition, someLeaves } from './grown-tree.js';

interface ReferenceTree {
  readonly emptyRoot: string;
  readonly leaves: readonly string[];
  readonly roots: readonly string[];
  readonly inclusion: (Omit<InclusionProof, 'path'> & { readonly path: string[] })[];
  readonly consistency: (Omit<ConsistencyProof, 'path'> & { readonly path: string[] })[];
}

const { merkle: vectors }: { readonly merkle: ReferenceTree } = JSON.parse(
  readFileSync('schema/transparency/vectors.json', 'utf8'),
);
const unhex = (text: string): Hash => Uint8Array.from(Buffer.from(text, 'hex'));
const hex = (hash: Hash): string => Buffer.from(hash).toString('hex');

const reference = growTree(vectors.leaves.map((leaf) => leafHash(unhex(leaf))));
const LARGEST = 300;
const large = growTree(someLeaves(LARGEST));
const roots = Array.from({ length: LARGEST + 1 }, (_, size) => rootOf(size, large.read));
const rootAt = (size: number): Hash => roots[size] ?? EMPTY_ROOT;
const leafAt = (index: number): Hash => large.leaves[index] ?? EMPTY_ROOT;

/** A size, and an index or an earlier size below it. */
const sizes = fc.integer({ min: 1, max: LARGEST });
const places = sizes.chain((size) => fc.record({ size: fc.constant(size), index: fc.nat(size - 1) }));
const spans = sizes.chain((to) => fc.record({ to: fc.constant(to), from: fc.integer({ min: 1, max: to }) }));

/** The hash with one bit another. */
function bent(hash: Hash, bit: number): Hash {
  const copy = Uint8Array.from(hash);
  const at = Math.floor(bit / 8) % copy.length;
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8));
  return copy;
}

function bentAt(path: readonly Hash[], at: number, bit: number): readonly Hash[] {
  return path.map((hash, place) => (place === at % path.length ? bent(hash, bit) : hash));
}

describe('the reference tree of Certificate Transparency', () => {
  it('has the published roots at every size, and the empty tree the hash of nothing', () => {
    expect(hex(rootOf(0, reference.read))).toBe(vectors.emptyRoot);
    const found = vectors.roots.map((_, at) => hex(rootOf(at + 1, reference.read)));
    expect(found).toEqual(vectors.roots);
  });

  it.each(vectors.inclusion)('has the published inclusion proof of $index in $size', ({ index, size, path }) => {
    const proof = proveInclusion(index, size, reference.read);
    expect(proof.path.map(hex)).toEqual(path);
    const given = { index, size, path: path.map(unhex) };
    expect(provesInclusion(given, reference.leaves[index] ?? EMPTY_ROOT, unhex(vectors.roots[size - 1] ?? ''))).toBe(
      true,
    );
  });

  it.each(vectors.consistency)('has the published consistency proof from $from to $to', ({ from, to, path }) => {
    expect(proveConsistency(from, to, reference.read).path.map(hex)).toEqual(path);
    const given = { from, to, path: path.map(unhex) };
    expect(provesConsistency(given, unhex(vectors.roots[from - 1] ?? ''), unhex(vectors.roots[to - 1] ?? ''))).toBe(
      true,
    );
  });
});

describe('a tree that grows', () => {
  it('has at every size the root that its definition gives', () => {
    for (let size = 1; size <= LARGEST; size++)
      expect(hex(rootAt(size))).toBe(hex(rootByDefinition(large.leaves.slice(0, size))));
  });

  it('goes on from its peaks as if it had never stopped', () => {
    fc.assert(
      fc.property(sizes, fc.nat(LARGEST), (size, before) => {
        const stopped = Math.min(size, before);
        const first = TreeBuilder.from();
        for (const leaf of large.leaves.slice(0, stopped)) first.append(leaf);
        expect(first.peaks).toEqual(peaksOf(stopped).map(large.read));
        const next = TreeBuilder.from(stopped, first.peaks);
        for (const leaf of large.leaves.slice(stopped, size)) next.append(leaf);
        expect([next.size, hex(next.root)]).toEqual([size, hex(rootAt(size))]);
      }),
    );
  });

  it('stores each full subtree once: fewer than two nodes a leaf', () => {
    const builder = TreeBuilder.from();
    const stored = large.leaves.flatMap((leaf) => builder.append(leaf));
    expect(stored).toHaveLength(2 * LARGEST - peaksOf(LARGEST).length);
    for (const { level, index, hash } of stored) {
      const covered = large.leaves.slice(index * 2 ** level, (index + 1) * 2 ** level);
      expect([covered.length, hex(hash)]).toEqual([2 ** level, hex(rootByDefinition(covered))]);
    }
  });

  it('does not go on from peaks that are not those of its size', () => {
    const { peaks } = large.builder;
    for (const size of [-1, 0.5, NaN, LARGEST - 1, MAX_TREE_SIZE + 1])
      expect(() => TreeBuilder.from(size, peaks)).toThrow(RangeError);
    expect(() => TreeBuilder.from(1, [new Uint8Array(31)])).toThrow(RangeError);
    expect(() => TreeBuilder.from().append(new Uint8Array(33))).toThrow(RangeError);
  });
});

describe('an inclusion proof', () => {
  it('verifies for every leaf of every size, and reads at most two nodes a level', () => {
    for (let size = 1; size <= 130; size++) {
      for (let index = 0; index < size; index++) {
        large.takeReads();
        const proof = proveInclusion(index, size, large.read);
        expect(large.takeReads()).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(size)));
        if (!provesInclusion(proof, leafAt(index), rootAt(size))) throw new Error(`${index} in ${size}`);
      }
    }
  });

  it('fails with a changed bit anywhere, and with a hash more, fewer or moved', () => {
    fc.assert(
      fc.property(places, fc.nat(), fc.nat(), ({ index, size }, at, bit) => {
        const proof = proveInclusion(index, size, large.read);
        const { path } = proof;
        const [leaf, root] = [leafAt(index), rootAt(size)];
        expect(provesInclusion(proof, bent(leaf, bit), root)).toBe(false);
        expect(provesInclusion(proof, leaf, bent(root, bit))).toBe(false);
        const others = [[...path, root], [root, ...path], [...path, ...path, root], path.slice(0, -1), path.slice(1)];
        for (const other of [...others, bentAt(path, at, bit), path.toReversed()])
          if (other.length !== path.length || other.some((hash, place) => hash !== path[place]))
            expect(provesInclusion({ ...proof, path: other }, leaf, root)).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it('fails at every other index, and under the root of every other size', () => {
    fc.assert(
      fc.property(places, fc.nat(2 * LARGEST), fc.integer({ min: 1, max: LARGEST }), ({ index, size }, other, head) => {
        const proof = proveInclusion(index, size, large.read);
        if (other !== index)
          expect(provesInclusion({ ...proof, index: other }, leafAt(index), rootAt(size))).toBe(false);
        if (head === size) return;
        expect(provesInclusion(proof, leafAt(index), rootAt(head))).toBe(false);
        expect(provesInclusion({ ...proof, size: head }, leafAt(index), rootAt(head))).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    [0, 0],
    [1, 1],
    [-1, 1],
    [0, -1],
    [0.5, 1],
    [NaN, 1],
    [0, NaN],
    [0, Infinity],
    [0, MAX_TREE_SIZE + 1],
    [MAX_TREE_SIZE, MAX_TREE_SIZE],
  ])('proves nothing of leaf %d in a tree of %d', (index, size) => {
    const leaf = leafAt(0);
    expect(provesInclusion({ index, size, path: [] }, leaf, leaf)).toBe(false);
    expect(() => planInclusion(index, size)).toThrow(RangeError);
  });

  it('is as long at the largest size as the tree is high, and longer paths are not walked', () => {
    const size = MAX_TREE_SIZE;
    for (const index of [0, 1, 2 ** 31, 2 ** 32 + 1, 2 ** 52, size - 1]) {
      const plan = planInclusion(index, size);
      expect(plan.length).toBeLessThanOrEqual(53);
      expect(plan.flat().length).toBeLessThanOrEqual(2 * 53);
      // Whatever the hashes are, they lead to one root; that root is then proven, and no other.
      const path = plan.map((_, at) => leafAt(at));
      expect(provesInclusion({ index, size, path }, leafAt(0), rootAt(1))).toBe(false);
    }
    const path = Array.from({ length: 1000 }, () => leafAt(1));
    expect(provesInclusion({ index: 0, size, path }, leafAt(0), rootAt(1))).toBe(false);
    expect(MAX_PATH).toBeLessThan(1000);
  });

  it('that ends below the root proves nothing, whatever node it leads to', () => {
    const { path, ...place } = proveInclusion(1, 8, large.read);
    expect(provesInclusion({ ...place, path: path.slice(0, 2) }, leafAt(1), rootAt(4))).toBe(false);
    expect(provesInclusion({ ...place, path: [] }, leafAt(1), leafAt(1))).toBe(false);
  });

  it('takes nothing for a hash that is not 32 bytes', () => {
    for (const length of [0, 31, 33, 64]) {
      const odd = new Uint8Array(length);
      expect(provesInclusion({ index: 0, size: 1, path: [] }, odd, odd)).toBe(false);
      expect(provesInclusion({ index: 0, size: 2, path: [odd] }, leafAt(0), rootAt(2))).toBe(false);
    }
  });
});

describe('a consistency proof', () => {
  it('verifies between all sizes, and reads at most two nodes a level', () => {
    for (let to = 1; to <= 140; to++) {
      for (let from = 0; from <= to; from++) {
        large.takeReads();
        const proof = proveConsistency(from, to, large.read);
        expect(large.takeReads()).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(to)));
        if (!provesConsistency(proof, rootAt(from), rootAt(to))) throw new Error(`${from} to ${to}`);
      }
    }
  });

  it('fails with a changed bit anywhere, and with a hash more, fewer or moved', () => {
    fc.assert(
      fc.property(spans, fc.nat(), fc.nat(), ({ from, to }, at, bit) => {
        const proof = proveConsistency(from, to, large.read);
        const { path } = proof;
        const [before, after] = [rootAt(from), rootAt(to)];
        expect(provesConsistency(proof, bent(before, bit), after)).toBe(false);
        expect(provesConsistency(proof, before, bent(after, bit))).toBe(false);
        const others = [
          [...path, after],
          [before, ...path],
          [...path, ...path, after],
          path.slice(0, -1),
          path.slice(1),
        ];
        for (const other of [...others, bentAt(path, at, bit), path.toReversed()])
          if (other.length !== path.length || other.some((hash, place) => hash !== path[place]))
            expect(provesConsistency({ ...proof, path: other }, before, after)).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it('fails between two histories, wherever they part', () => {
    fc.assert(
      fc.property(spans, fc.nat(), ({ from, to }, where) => {
        const parted = where % from;
        const leaves = large.leaves.map((leaf, at) => (at === parted ? bent(leaf, where) : leaf));
        const other = growTree(leaves.slice(0, to));
        const proof = proveConsistency(from, to, other.read);
        expect(provesConsistency(proof, rootAt(from), rootOf(to, other.read))).toBe(false);
        expect(provesConsistency(proof, rootOf(from, other.read), rootAt(to))).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('lets only the true empty tree begin a tree, and the same tree follow itself without a proof', () => {
    const path: readonly Hash[] = [];
    expect(provesConsistency({ from: 0, to: 5, path }, EMPTY_ROOT, rootAt(5))).toBe(true);
    expect(provesConsistency({ from: 0, to: 5, path }, rootAt(1), rootAt(5))).toBe(false);
    expect(provesConsistency({ from: 0, to: 5, path: [rootAt(5)] }, EMPTY_ROOT, rootAt(5))).toBe(false);
    expect(provesConsistency({ from: 0, to: 0, path }, EMPTY_ROOT, EMPTY_ROOT)).toBe(true);
    expect(provesConsistency({ from: 0, to: 0, path }, rootAt(1), rootAt(1))).toBe(false);
    expect(provesConsistency({ from: 5, to: 5, path }, rootAt(5), rootAt(5))).toBe(true);
    expect(provesConsistency({ from: 5, to: 5, path: [rootAt(5)] }, rootAt(5), rootAt(5))).toBe(false);
  });

  it.each([
    [2, 1],
    [-1, 1],
    [1, -1],
    [0.5, 1],
    [NaN, 1],
    [1, NaN],
    [1, Infinity],
    [1, MAX_TREE_SIZE + 1],
  ])('proves nothing from %d to %d', (from, to) => {
    const path = [rootAt(1)];
    expect(provesConsistency({ from, to, path }, rootAt(1), rootAt(1))).toBe(false);
    expect(provesConsistency({ from, to, path: [] }, rootAt(1), rootAt(1))).toBe(false);
    expect(() => planConsistency(from, to)).toThrow(RangeError);
  });

  it('is short at the largest size, and longer paths are not walked', () => {
    const to = MAX_TREE_SIZE;
    for (const from of [1, 2, 3, 2 ** 31, 2 ** 32 + 1, 2 ** 52, to - 1]) {
      const plan = planConsistency(from, to);
      expect(plan.length).toBeLessThanOrEqual(MAX_PATH);
      expect(plan.flat().length).toBeLessThanOrEqual(2 * 53);
    }
    const path = Array.from({ length: 1000 }, () => rootAt(1));
    expect(provesConsistency({ from: 1, to, path }, rootAt(1), rootAt(2))).toBe(false);
  });
});
