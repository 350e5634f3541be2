import { doubleMetaphone } from 'double-metaphone';
import { skeletonOf } from './skeleton.js';

/** The two ways in which a name part becomes a code: our consonant skeleton, and Double Metaphone. */
export const CODE_SYSTEMS = ['skeleton', 'metaphone'] as const;
export type CodeSystem = (typeof CODE_SYSTEMS)[number];

/** The code of a name part in a–z; empty when nothing is left of it. */
export function codeOf(part: string, system: CodeSystem): string {
  return system === 'skeleton' ? skeletonOf(part) : doubleMetaphone(part)[0];
}
