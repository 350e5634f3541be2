import { type IdentityReading, readingOf } from './identity-reading.js';
import type { Identity, IdentityDocument } from './identity.js';
import { normaliseDocumentNumber, shortenedNumbers } from './document-number.js';
import type { KeyContent } from './frequency-model.js';
import type { KeyClass, KeyKind, KeyPart } from './key-definition.js';
import { codeOf } from './name-codes.js';
import type { LinkageProfile } from './profile.js';

/** One value that says who a person is, in a form that two members arrive at separately. Secret: it is blinded before it leaves the member. */
export interface LinkageKey {
  readonly id: string;
  readonly class: KeyClass;
  readonly values: readonly string[];
  /** Guessing entropy of this value. */
  readonly bits: number;
}

/** Why a key was not made. `UNKNOWN_PART`: it would rest on something unknown; `TOO_EASILY_GUESSED`: too many people have this value; `NO_ROOM`: better ones fill the places. */
export const REASONS_NOT_MADE = ['UNKNOWN_PART', 'TOO_EASILY_GUESSED', 'NO_ROOM'] as const;
export type ReasonNotMade = (typeof REASONS_NOT_MADE)[number];

export interface KeyNotMade {
  /** Such as `T2+D/s`. */
  readonly kind: string;
  readonly reason: ReasonNotMade;
  /** Guessing entropy of the value; null when there is no value. */
  readonly bits: number | null;
}

export interface DerivedKeys {
  readonly keys: readonly LinkageKey[];
  readonly notMade: readonly KeyNotMade[];
}

type Candidate = Omit<LinkageKey, 'id' | 'class'>;

/** The linkage keys of a record under a profile, the best first, at most `profile.mostKeys`; and which were not made, with the reason. */
export function deriveLinkageKeys(identity: Identity, profile: LinkageProfile): DerivedKeys {
  const reading = readingOf(identity);
  const keys: LinkageKey[] = [];
  const notMade: KeyNotMade[] = [];
  for (const kind of profile.kinds) {
    const candidates = candidatesFor(kind, identity, reading, profile);
    if (candidates.length === 0) notMade.push({ kind: kind.name, reason: 'UNKNOWN_PART', bits: null });
    for (const candidate of candidates) {
      const grade = kind.grades.find(({ bits }) => candidate.bits >= bits);
      if (grade && keys.length < profile.mostKeys) keys.push({ id: grade.id, class: grade.class, ...candidate });
      else notMade.push({ kind: kind.name, reason: grade ? 'NO_ROOM' : 'TOO_EASILY_GUESSED', bits: candidate.bits });
    }
  }
  return { keys, notMade };
}

function candidatesFor(
  kind: KeyKind,
  identity: Identity,
  reading: IdentityReading,
  profile: LinkageProfile,
): readonly Candidate[] {
  const [only] = kind.parts;
  if (only === 'document')
    return identity.documents.map((one) => documentKey(one, normaliseDocumentNumber(one.number), profile));
  if (only === 'document-less-one')
    return identity.documents.flatMap((one) =>
      shortenedNumbers(normaliseDocumentNumber(one.number)).map((number) => documentKey(one, number, profile)),
    );
  const places = kind.parts.includes('P') ? reading.placeSkeletons : [null];
  const candidates = places.flatMap((place) => {
    const parts = kind.parts.map((part) => valueOf(part, reading, place));
    if (!parts.every((part) => part !== null)) return [];
    return selectionsOf(kind, reading).map((codes) => ({
      values: [...codes, ...parts],
      bits: profile.frequencies.bitsOf(contentOf(kind, codes, reading, place)),
    }));
  });
  // The rarest pairs first, so that they have the places when there are not enough for all.
  return candidates.sort((a, b) => b.bits - a.bits || (a.values.join() < b.values.join() ? -1 : 1));
}

function documentKey({ type, issuer }: IdentityDocument, number: string, profile: LinkageProfile): Candidate {
  return { values: [type, issuer, number], bits: profile.frequencies.bitsOfDocument(issuer, number) };
}

/** The sets of name codes that a key is made for: one empty set when it has no names, none when there are too few parts. */
function selectionsOf({ names, code }: KeyKind, { nameParts }: IdentityReading): readonly (readonly string[])[] {
  const codes = [...new Set(nameParts.map((part) => codeOf(part, code)))].filter((one) => one !== '').sort();
  switch (names) {
    case null:
      return [[]];
    case 'T1':
      return codes.map((one) => [one]);
    case 'T2':
      return codes.flatMap((one, at) => codes.slice(at + 1).map((other) => [one, other]));
    case 'TA':
      // All of two are the one pair, which has its own key.
      return codes.length > 2 ? [codes] : [];
  }
}

function valueOf(part: KeyPart, { birthDate, birthCountry }: IdentityReading, place: string | null): string | null {
  const { year, month, day } = birthDate;
  switch (part) {
    case 'Y':
      return year === null ? null : String(year);
    case 'M':
      return month === null ? null : String(month);
    case 'd':
      return day === null ? null : String(day);
    case 'dm':
      return month === null || day === null ? null : [day, month].sort((a, b) => a - b).join('.');
    case 'C':
      return birthCountry;
    case 'P':
      return place;
    case 'document':
    case 'document-less-one':
      return null;
  }
}

function contentOf(
  kind: KeyKind,
  codes: readonly string[],
  { birthDate, birthCountry }: IdentityReading,
  place: string | null,
): KeyContent {
  const has = (part: KeyPart) => kind.parts.includes(part);
  return {
    codes,
    system: kind.code,
    month: has('M'),
    day: has('d'),
    sortedDayAndMonth: has('dm'),
    ...(has('Y') && birthDate.year !== null ? { year: birthDate.year } : {}),
    ...(has('C') && birthCountry !== null ? { country: birthCountry } : {}),
    ...(place === null ? {} : { place }),
  };
}
