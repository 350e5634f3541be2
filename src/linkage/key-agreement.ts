import type { CodeSystem, KeyDefinition, KeyPart } from '../protocol/linkage/index.js';

/** A token that two records share. */
export interface SharedToken {
  readonly keyId: string;
  /** Persons in the table who have this token, the candidate among them. At least 1. */
  readonly holders: number;
}

/** Parts of a date of birth. */
export type DatePart = 'Y' | 'M' | 'd';

/** What two records agree on, as their shared keys imply it: each attribute once, however many keys speak of it. */
export interface Agreement {
  /** Name parts that agree: 0, 1, 2, or more. */
  readonly names: number;
  /** Whether two names at least agree in both code systems. */
  readonly bothCodes: boolean;
  /** The code systems in which two names at least agree. */
  readonly codes: ReadonlySet<CodeSystem>;
  readonly date: ReadonlySet<DatePart>;
  /** Whether day and month agree only the other way round. */
  readonly swapped: boolean;
  readonly country: boolean;
  /** Names of the place of birth that agree: 0, 1, or more. */
  readonly places: number;
  readonly document: 'number' | 'less-one' | 'none';
}

/** What a record must know, as the ids of its keys imply it. */
export interface Knowledge {
  readonly names: boolean;
  readonly date: ReadonlySet<DatePart>;
  readonly country: boolean;
  readonly place: boolean;
  readonly document: boolean;
}

/** What shared keys of these kinds imply. */
export function agreementOf(
  shared: readonly SharedToken[],
  definitions: ReadonlyMap<string, KeyDefinition>,
): Agreement {
  const counts = new Map<KeyDefinition, number>();
  for (const { keyId } of shared) {
    const definition = definitions.get(keyId);
    if (definition) counts.set(definition, (counts.get(definition) ?? 0) + 1);
  }
  const kinds = [...counts.keys()];
  const has = (part: KeyPart) => kinds.some(({ parts }) => parts.includes(part));
  const date = datePartsOf(kinds);
  const swapped = has('dm') && !(date.has('M') && date.has('d'));
  const codes = new Set(kinds.flatMap(({ code, names }) => (names === 'T2' || names === 'TA' ? [code] : [])));
  const names = namesAgreed(counts);
  return {
    names,
    bothCodes: codes.has('skeleton') && codes.has('metaphone'),
    codes,
    date,
    swapped,
    country: has('C'),
    places: placesAgreed(counts, names),
    document: has('document') ? 'number' : has('document-less-one') ? 'less-one' : 'none',
  };
}

/** What a record with keys of these kinds knows. It may know more: what is easily guessed is not made into a key. */
export function knowledgeOf(keyIds: Iterable<string>, definitions: ReadonlyMap<string, KeyDefinition>): Knowledge {
  const kinds = [...keyIds].flatMap((id) => definitions.get(id) ?? []);
  const has = (part: KeyPart) => kinds.some(({ parts }) => parts.includes(part));
  const date = new Set(datePartsOf(kinds));
  if (has('dm')) date.add('M').add('d');
  return {
    names: kinds.some(({ names }) => names === 'T2' || names === 'TA'),
    date,
    country: has('C'),
    place: has('P'),
    document: has('document'),
  };
}

function datePartsOf(kinds: readonly KeyDefinition[]): ReadonlySet<DatePart> {
  return new Set((['Y', 'M', 'd'] as const).filter((part) => kinds.some(({ parts }) => parts.includes(part))));
}

/** One pair is of two parts, three pairs are of three, six of four. */
function partsOf(selection: KeyDefinition['names'], count: number): number {
  switch (selection) {
    case null:
      return 0;
    case 'T1':
      return count;
    case 'TA':
      return 3;
    case 'T2':
      return count < 3 ? 2 : count < 6 ? 3 : 4;
  }
}

/**
 * Whether the keys of two records would have shown that this part agrees: both have a key of one kind that holds it, and agree on all else in it.
 * What was not tested does not speak against anything.
 */
export function isTested(
  part: KeyPart,
  agreement: Agreement,
  own: ReadonlySet<string>,
  theirs: ReadonlySet<string>,
  definitions: ReadonlyMap<string, KeyDefinition>,
): boolean {
  const agreed = new Set<KeyPart>([
    ...agreement.date,
    ...(agreement.country ? (['C'] as const) : []),
    ...(agreement.places > 0 ? (['P'] as const) : []),
    ...(agreement.date.has('M') && agreement.date.has('d') ? (['dm'] as const) : []),
  ]);
  return [...own].some((id) => {
    const kind = definitions.get(id);
    if (!kind?.parts.includes(part) || !theirs.has(id)) return false;
    const names = kind.names === null || agreement.codes.has(kind.code);
    return names && kind.names !== 'T1' && kind.parts.every((one) => one === part || agreed.has(one));
  });
}

const PAIRS_OF_THREE = 3;

/** How many name parts agree. Keys with a place are as many as the pairs times the places, so they are asked only when no other key tells. */
function namesAgreed(counts: ReadonlyMap<KeyDefinition, number>): number {
  const told = [...counts].filter(([{ names, parts }]) => names !== null && !parts.includes('P'));
  if (told.length > 0) return Math.max(...told.map(([{ names }, count]) => partsOf(names, count)));
  const withPlace = [...counts].flatMap(([{ names }, count]) => (names === null ? [] : [count]));
  if (withPlace.length === 0) return 0;
  return withPlace.some((count) => count % PAIRS_OF_THREE === 0) ? 3 : 2;
}

function placesAgreed(counts: ReadonlyMap<KeyDefinition, number>, names: number): number {
  const pairs = names < 3 ? 1 : names < 4 ? PAIRS_OF_THREE : 2 * PAIRS_OF_THREE;
  const places = [...counts].flatMap(([{ names: selection, parts }, count]) =>
    parts.includes('P') ? [Math.ceil(count / (selection === null ? 1 : pairs))] : [],
  );
  return Math.max(0, ...places);
}
