import type { CodeSystem, KeyGrade, KeyKind, KeyPart } from '../protocol/linkage/index.js';

/** What each key id of a profile stands for. */
export type KeysById = ReadonlyMap<string, { readonly kind: KeyKind; readonly grade: KeyGrade }>;

/** The kinds of a profile by the ids of their grades. */
export function keysById(kinds: readonly KeyKind[]): KeysById {
  return new Map(kinds.flatMap((kind) => kind.grades.map((grade) => [grade.id, { kind, grade }] as const)));
}

/** A token that two records share. */
export interface SharedToken {
  readonly keyId: string;
  /** Groups of the table that have this token, the candidate's among them. At least 1. */
  readonly holders: number;
}

/** Parts of a date of birth. */
export type DatePart = 'Y' | 'M' | 'd';
export const DATE_PARTS: readonly DatePart[] = ['Y', 'M', 'd'];

/** What two records agree on, as their shared keys imply it: each attribute once, however many keys speak of it. */
export interface Agreement {
  /** Name parts that agree: 0, 1, 2, or more. */
  readonly names: number;
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

/** What shared tokens imply. */
export function agreementOf(shared: readonly SharedToken[], keys: KeysById): Agreement {
  const counts = new Map<KeyKind, number>();
  for (const { keyId } of shared) {
    const kind = keys.get(keyId)?.kind;
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const kinds = [...counts.keys()];
  const has = (part: KeyPart) => kinds.some(({ parts }) => parts.includes(part));
  const date = new Set(DATE_PARTS.filter(has));
  const names = namesAgreed(counts);
  return {
    names,
    codes: new Set(kinds.flatMap((kind) => (holdsTwoNames(kind) ? [kind.code] : []))),
    date,
    swapped: has('dm') && !(date.has('M') && date.has('d')),
    country: has('C'),
    places: placesAgreed(counts, names),
    document: has('document') ? 'number' : has('document-less-one') ? 'less-one' : 'none',
  };
}

/** The keys of a record, and what it is known to know by their kinds. It may know more: what is easily guessed is not made into a key. */
export interface Knowledge {
  readonly kinds: ReadonlySet<KeyKind>;
  readonly parts: ReadonlySet<KeyPart | 'names'>;
}

/** What a record with these keys knows. */
export function knowledgeOf(keyIds: Iterable<string>, keys: KeysById): Knowledge {
  const kinds = new Set<KeyKind>();
  for (const id of keyIds) {
    const kind = keys.get(id)?.kind;
    if (kind) kinds.add(kind);
  }
  const known = new Set<KeyPart | 'names'>();
  for (const kind of kinds) {
    for (const part of kind.parts) known.add(part);
    if (kind.parts.includes('dm')) known.add('M').add('d');
    if (holdsTwoNames(kind)) known.add('names');
  }
  return { kinds, parts: known };
}

/**
 * Whether the keys of two records would have shown that this part agrees: both have a key of one kind that holds it, and agree on all else in it.
 * What was not tested does not speak against anything.
 */
export function isTested(
  part: KeyPart,
  agreement: Agreement,
  own: ReadonlySet<KeyKind>,
  theirs: ReadonlySet<KeyKind>,
): boolean {
  for (const kind of own) {
    if (!kind.parts.includes(part) || !theirs.has(kind)) continue;
    const namesAgree = kind.names === null || (holdsTwoNames(kind) && agreement.codes.has(kind.code));
    if (namesAgree && kind.parts.every((one) => one === part || agrees(one, agreement))) return true;
  }
  return false;
}

function agrees(part: KeyPart, { date, country, places }: Agreement): boolean {
  switch (part) {
    case 'C':
      return country;
    case 'P':
      return places > 0;
    case 'dm':
      return date.has('M') && date.has('d');
    case 'document':
    case 'document-less-one':
      return false;
    default:
      return date.has(part);
  }
}

function holdsTwoNames({ names }: KeyKind): boolean {
  return names === 'T2' || names === 'TA';
}

const PAIRS_OF_THREE = 3;

/** How many name parts agree. Keys with a place are as many as the pairs times the places, so they are asked only when no other key tells. */
function namesAgreed(counts: ReadonlyMap<KeyKind, number>): number {
  const told = [...counts].filter(([{ names, parts }]) => names !== null && !parts.includes('P'));
  if (told.length > 0) return Math.max(...told.map(([{ names }, count]) => partsOf(names, count)));
  const withPlace = [...counts].flatMap(([kind, count]) => (holdsTwoNames(kind) ? [count] : []));
  if (withPlace.length === 0) return [...counts.keys()].some(({ names }) => names === 'T1') ? 1 : 0;
  return withPlace.some((count) => count % PAIRS_OF_THREE === 0) ? 3 : 2;
}

/** One pair is of two parts, three pairs are of three, six of four. */
function partsOf(selection: KeyKind['names'], count: number): number {
  switch (selection) {
    case null:
      return 0;
    case 'T1':
      return count;
    case 'TA':
      return 3;
    case 'T2':
      return count < PAIRS_OF_THREE ? 2 : count < 2 * PAIRS_OF_THREE ? 3 : 4;
  }
}

function placesAgreed(counts: ReadonlyMap<KeyKind, number>, names: number): number {
  const pairs = names < 3 ? 1 : names < 4 ? PAIRS_OF_THREE : 2 * PAIRS_OF_THREE;
  const selections = { TA: 1, T2: pairs, T1: Math.max(1, names) };
  const places = [...counts].flatMap(([{ names: selection, parts }, count]) =>
    parts.includes('P') ? [Math.ceil(count / (selection === null ? 1 : selections[selection]))] : [],
  );
  return Math.max(0, ...places);
}
