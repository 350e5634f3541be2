import type { JudgedPair, Run } from './linkage-run.js';

/** How good a set of pairs is. */
export interface Quality {
  readonly right: number;
  readonly wrong: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface RunFigures {
  /** Pairs with the level that is offered as a link. */
  readonly link: Quality;
  /** Pairs that are offered at all. */
  readonly offered: Quality;
  /** The same of the half of which no miss was looked at. */
  readonly offeredHeldOut: Quality;
  /** Pairs that share a token. */
  readonly candidates: Quality;
  /** The best that a threshold on the evidence could do for one who knows the truth. */
  readonly best: Quality & { readonly evidence: number };
  /** The most recall that a threshold could have at precision .99. */
  readonly recallAt99: number;
}

const WANTED_PRECISION = 0.99;

export function figuresOf({ pairs, truePairs, heldOutPairs }: Run): RunFigures {
  const quality = (positive: readonly JudgedPair[]) =>
    qualityOf(positive.filter(({ isOne }) => isOne).length, positive.length, truePairs);
  return {
    link: quality(pairs.filter(({ level }) => level === 'link')),
    offered: quality(pairs.filter(({ level }) => level !== 'none')),
    offeredHeldOut: heldOutQuality(pairs, heldOutPairs),
    candidates: quality(pairs),
    ...thresholds(pairs, truePairs),
  };
}

function heldOutQuality(pairs: readonly JudgedPair[], truePairs: number): Quality {
  const positive = pairs.filter(({ level, heldOut }) => level !== 'none' && heldOut);
  return qualityOf(positive.filter(({ isOne }) => isOne).length, positive.length, truePairs);
}

function thresholds(pairs: readonly JudgedPair[], truePairs: number): Pick<RunFigures, 'best' | 'recallAt99'> {
  const ranked = [...pairs].sort((a, b) => b.evidence - a.evidence);
  let right = 0;
  let best = { ...qualityOf(0, 0, truePairs), evidence: Infinity };
  let recallAt99 = 0;
  ranked.forEach(({ evidence, isOne }, at) => {
    right += isOne ? 1 : 0;
    if (ranked[at + 1]?.evidence === evidence) return;
    const quality = qualityOf(right, at + 1, truePairs);
    if (quality.f1 > best.f1) best = { ...quality, evidence };
    if (quality.precision >= WANTED_PRECISION) recallAt99 = Math.max(recallAt99, quality.recall);
  });
  return { best, recallAt99 };
}

function qualityOf(right: number, positive: number, truePairs: number): Quality {
  return {
    ...{ right, wrong: positive - right },
    precision: positive === 0 ? 1 : right / positive,
    recall: right / truePairs,
    f1: (2 * right) / (positive + truePairs),
  };
}
