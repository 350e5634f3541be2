import { doubleMetaphone } from 'double-metaphone';
import { skeletonOf } from './skeleton.js';

/**
 * The ways in which a name part becomes a code: our consonant skeleton, Double Metaphone, and the first sounds of the skeleton, which most typing
 * errors leave alone.
 */
export const CODE_SYSTEMS = ['skeleton', 'metaphone', 'stem'] as const;
export type CodeSystem = (typeof CODE_SYSTEMS)[number];

const SKELETON_SOUNDS = 5;
/** The length that Double Metaphone was made for. */
const METAPHONE_SOUNDS = 4;
const STEM_SOUNDS = 2;

/** The code of a name part in a–z; empty when nothing is left of it. */
export function codeOf(part: string, system: CodeSystem): string {
  switch (system) {
    case 'skeleton':
      return skeletonOf(part).slice(0, SKELETON_SOUNDS);
    case 'metaphone':
      return doubleMetaphone(part)[0].slice(0, METAPHONE_SOUNDS);
    case 'stem':
      return skeletonOf(part).replace(/G/g, 'K').slice(0, STEM_SOUNDS);
  }
}
