import type { ElementKind } from './model.js';
import type { SideOfDifference } from './side-of-difference.js';

/** One side of a difference, with the English labels of the concepts that only it accepts. */
interface NamedSide {
  readonly name: string;
  readonly side: SideOfDifference;
  readonly only: readonly string[];
}

const NOUN: Readonly<Record<ElementKind, string>> = {
  act: 'an act',
  means: 'a means',
  purpose: 'a purpose',
  movement: 'the crossing of a border',
  age: 'an age',
};

const ASKS: Readonly<Record<SideOfDifference['asked'], string>> = {
  always: 'always asks for',
  sometimes: 'asks in some of its offences for',
  never: 'never asks for',
};

const MOST_NAMED = 6;

/** Says in one plain English sentence how two laws differ in one kind of element. */
export function differenceSentence(kind: ElementKind, a: NamedSide, b: NamedSide): string {
  const clauses: string[] = [];
  if (a.side.asked !== b.side.asked) {
    clauses.push(`${a.name} ${ASKS[a.side.asked]} ${NOUN[kind]}, ${b.name} ${ASKS[b.side.asked]} one`);
  }
  if (a.side.waivedUnder.join() !== b.side.waivedUnder.join()) {
    clauses.push(
      [a, b]
        .filter(({ side }) => side.asked !== 'never')
        .map(waiver)
        .join(', '),
    );
  }
  for (const { name, only } of [a, b]) if (only.length > 0) clauses.push(`only ${name} takes ${listed(only)}`);
  if (a.side.open !== b.side.open) clauses.push(`the list of ${(a.side.open ? a : b).name} is open`);
  const sentence = clauses.join('; ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function waiver({ name, side: { waivedUnder } }: NamedSide): string {
  return waivedUnder.length === 0
    ? `${name} waives it at no age`
    : `${name} waives it under ${waivedUnder.join(' or ')} years`;
}

function listed(labels: readonly string[]): string {
  const named = labels.slice(0, MOST_NAMED);
  const more = labels.length - named.length;
  if (more > 0) return `${named.join(', ')} and ${more} more`;
  const last = named.pop();
  return named.length === 0 ? (last ?? '') : `${named.join(', ')} and ${last ?? ''}`;
}
