import { doubleMetaphone } from 'double-metaphone';
import { skeletonOf } from './skeleton.js';

/**
 * The ways in which a name part becomes a code: our consonant skeleton, Double Metaphone, and the first sounds of the skeleton, which most typing
 * errors leave alone.
 */
export const CODE_SYSTEMS = ['skeleton', 'metaphone', 'stem'] as const;
export type CodeSystem = (typeof CODE_SYSTEMS)[number];

/** Codes end after so many sounds; four is what Double Metaphone was made for. */
export const LONGEST_CODE: Readonly<Record<CodeSystem, number>> = { skeleton: 5, metaphone: 4, stem: 2 };

/** The code of a name part in a–z; empty when nothing is left of it. */
export function codeOf(part: string, system: CodeSystem): string {
  switch (system) {
    case 'skeleton':
      return skeletonOf(part).slice(0, LONGEST_CODE.skeleton);
    case 'metaphone':
      return doubleMetaphone(part)[0].slice(0, LONGEST_CODE.metaphone);
    case 'stem':
      return skeletonOf(part).replace(/G/g, 'K').slice(0, LONGEST_CODE.stem);
  }
}
