import { type IdentityReading, readingOf } from './identity-reading.js';
import type { Identity } from './identity.js';
import { deriveLinkageKeys, type KeyNotMade, type LinkageKey } from './linkage-keys.js';
import type { LinkageProfile } from './profile.js';

/** `strong`: can be linked by keys that one person in a billion has; `fair`: only by keys that lead to a suggestion; `none`: by none. */
export type RecordStrength = 'strong' | 'fair' | 'none';

/** What an officer sees of an own record, on the own machine only. */
export interface Explanation {
  readonly profile: string;
  readonly reading: IdentityReading;
  readonly strength: RecordStrength;
  readonly keys: readonly LinkageKey[];
  readonly notMade: readonly KeyNotMade[];
  /** What would give more keys if it were known. */
  readonly wouldHelp: readonly (
    'second-name' | 'birth-year' | 'birth-month-and-day' | 'birth-country' | 'birth-place' | 'document'
  )[];
}

/** Which keys a record gives, which not and why, and how strong it is. */
export function explain(identity: Identity, profile: LinkageProfile): Explanation {
  const reading = readingOf(identity);
  const { keys, notMade } = deriveLinkageKeys(identity, profile);
  const strength = keys.some((key) => key.class !== 'PARTIAL') ? 'strong' : keys.length > 0 ? 'fair' : 'none';
  return {
    profile: `${profile.name} ${profile.version}`,
    ...{ reading, strength, keys, notMade },
    wouldHelp: [
      ...(reading.nameParts.length < 2 ? (['second-name'] as const) : []),
      ...(reading.birthDate.year === null ? (['birth-year'] as const) : []),
      ...(reading.birthDate.day === null ? (['birth-month-and-day'] as const) : []),
      ...(reading.birthCountry === null ? (['birth-country'] as const) : []),
      ...(reading.placeSkeletons.length === 0 ? (['birth-place'] as const) : []),
      ...(identity.documents.length === 0 ? (['document'] as const) : []),
    ],
  };
}
