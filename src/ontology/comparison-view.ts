import type { Comparison, Witness } from '../protocol/definition/index.js';

/** A comparison as the SDL has it. */
export type ComparisonView = ReturnType<typeof comparisonView>;

export function comparisonView(a: string, b: string, { differences, onlyA, onlyB }: Comparison) {
  return {
    a,
    b,
    differences: differences.map((difference) => ({ ...difference, kind: difference.kind.toUpperCase() })),
    onlyA: witnessView(onlyA),
    onlyB: witnessView(onlyB),
  };
}

function witnessView(witness: Witness | null) {
  return witness && { ...witness, decidedBy: witness.decidedBy.map((kind) => kind.toUpperCase()) };
}
