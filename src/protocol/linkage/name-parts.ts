import { skeletonOf } from './skeleton.js';
import { transliterate } from './transliterate.js';

export const MOST_NAME_PARTS = 4;

/** Words that come and go between two spellings of one name: articles, prepositions, lineage words, titles. As they stand in a–z. */
const PARTICLES: ReadonlySet<string> = new Set(
  (
    'al el ul ol ad ed ud ar er ur as es us az ez uz an en un at et ut ash esh ' +
    'ibn bin ben bint bent binti binte ibnu abu abou abi umm um oum ould wald aal ' +
    'van von vom zu zum zur der den dem des de del dela della di da do dos das du di la le les lo los las ' +
    'ter ten te af av y e i und und thi dinh ' +
    'ogli oglu ogly ugli ugly uglu kizi kyzy qizi gizi uulu kyz uly ' +
    'mr mrs ms miss dr prof hajji haji hajj hadji sayyid sayed syed sheikh shaikh shaykh mullah ' +
    'jr junior sr senior filho neto'
  ).split(' '),
);
/** Patronymics whose form says that they are nothing else. */
const ALWAYS_PATRONYMIC = /(?:[oe]vna|inichna|ichna)$/;
/** And those that are family names in other countries: only beside a family name of the kind that goes with them. */
const MAYBE_PATRONYMIC = /(?:[oe]vich|yevich)$/;
const GOES_WITH_PATRONYMIC = /(?:[oe]va?|[iy]na?|sk(?:i|y|iy|aya)|enko|chuk|yuk|uk|in)$/;
/** `Abd` and what it serves are one name, however it is written: Abd al-Rahman, Abdul Rahman, Abderrahmane. */
const ABD = /^abd(?:[aeiou]l?)?$/;
const FUSED_ABD = /^abd[aeiou](?:l|r(?=r)|s(?=s)|n(?=n)|d(?=d)|t(?=t)|z(?=z))(?=[a-z]{4})/;
const ABBREVIATED: ReadonlyMap<string, string> = new Map([
  ['md', 'muhammad'],
  ['mohd', 'muhammad'],
  ['muhd', 'muhammad'],
  ['mhd', 'muhammad'],
]);
const BREAKS = /[\s,;/\-‐‑–—_()]+/u;
const APOSTROPHES = /^[dl]['’ʼ`´]/u;

/**
 * The parts of a person's names in a–z, sorted and without repetition: no particles and no patronymics as long as two other parts remain, double names
 * as two, at most four (the longest). The order in which they were given, and which was the family name, is lost on purpose: it differs between documents.
 */
export function namePartsOf(names: readonly string[]): readonly string[] {
  const parts = distinct(names.flatMap(wordsOf));
  const steps: readonly ((part: string, all: readonly string[]) => boolean)[] = [
    (part) => part.length > 1,
    (part) => !PARTICLES.has(part),
    (part) => !ALWAYS_PATRONYMIC.test(part),
    (part, all) =>
      !(MAYBE_PATRONYMIC.test(part) && all.some((other) => other !== part && GOES_WITH_PATRONYMIC.test(other))),
  ];
  const kept = steps.reduce<readonly string[]>((all, keep) => withoutUnless(all, keep), parts);
  return [...kept].sort(byLengthThenLetters).slice(0, MOST_NAME_PARTS).sort();
}

function wordsOf(name: string): readonly string[] {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .split(BREAKS)
    .map((word) => transliterate(word.replace(APOSTROPHES, '')))
    .map((word) => ABBREVIATED.get(word) ?? word)
    .filter((word) => word !== '');
  return joinAbd(words).map((word) => word.replace(FUSED_ABD, 'abd'));
}

/** Leaves out what does not keep, but never so that fewer than two parts remain. */
function withoutUnless(
  parts: readonly string[],
  keep: (part: string, all: readonly string[]) => boolean,
): readonly string[] {
  const kept = parts.filter((part) => keep(part, parts));
  return kept.length >= Math.min(2, parts.length) ? kept : parts;
}

function joinAbd(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let servant = false;
  for (const word of words) {
    if (servant && PARTICLES.has(word)) continue;
    joined.push(servant ? `abd${word}` : word);
    servant = ABD.test(word);
    if (servant) joined.pop();
  }
  return servant ? [...joined, 'abd'] : joined;
}

/** One of each skeleton: a part that is given twice, in two scripts perhaps, counts once. */
function distinct(parts: readonly string[]): readonly string[] {
  const bySkeleton = new Map<string, string>();
  for (const part of [...parts].sort()) {
    const skeleton = skeletonOf(part) || part;
    if (!bySkeleton.has(skeleton)) bySkeleton.set(skeleton, part);
  }
  return [...bySkeleton.values()];
}

function byLengthThenLetters(a: string, b: string): number {
  return b.length - a.length || (a < b ? -1 : 1);
}
