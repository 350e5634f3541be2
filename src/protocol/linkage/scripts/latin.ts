import type { Script } from './script.js';

const MARKS = /\p{M}/gu;

/** Letters that do not fall apart into a base and a mark, and those whose base would be another sound. */
const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{
      đ: 'd',
      ł: 'l',
      ø: 'o',
      æ: 'ae',
      œ: 'oe',
      ß: 'ss',
      þ: 'th',
      ð: 'd',
      ı: 'i',
      ŋ: 'ng',
      ħ: 'h',
      ŧ: 't',
      ə: 'a',
      ĸ: 'k',
    },
    ...{ č: 'ch', ć: 'ch', ĉ: 'ch' },
  }),
);

/**
 * Habits of spelling, each with the sound that the other scripts write. They ask for a context that hardly occurs elsewhere, because the language
 * of a name is not known.
 */
const HABITS: readonly (readonly [RegExp, string])[] = [
  [/kh/g, 'h'],
  [/szcz/g, 'shch'],
  [/cz/g, 'ch'],
  [/sz(?=[^z])/g, 'sh'],
  [/w(?=i[ck]z|sk[aiy]|ich)|(?<=o)w$/g, 'v'],
  [/(?<=[oe])w(?=a$)/g, 'v'],
  [/(?<=[bdfgklmnprstvz])j(?=[aeou])/g, ''],
  [/(?<=[aeiou])j(?=[eo]v|k|n|sk|$)/g, 'y'],
  [/(?<=sk)(?:ij|iy|yy|yj|yi)$/, 'i'],
  [/c(?=ov$|ova$|ev$|eva$)/g, 'ts'],
  [/(?<=i)c$/, 'ch'],
];

/** Endings of Slavic and German names, in which w is v, j is y and c is ts. */
const EASTERN =
  /(?:[oe]v|[oe]va|[oe]w|[oe]wa|[iy]n|ina|sk[aiy]|sk[iy][jy]|skaya|skaja|i[ck]z?|ich|enko|uk|ec|mann?|stein|berg)$/;
const EASTERN_HABITS: readonly (readonly [RegExp, string])[] = [
  [/w/g, 'v'],
  [/^j/g, 'y'],
  [/(?<=[aeiou])j(?=[aeou])/g, 'y'],
  [/(?<!^)c(?=[aou])/g, 'ts'],
];

/** Latin letters with marks to a–z: what a machine-readable zone would keep (ICAO 9303-3 §6), since the same name comes with its marks and without. */
export const latin: Script = {
  letters: /[a-z\u00c0-\u024f\u0259\u1e00-\u1eff]/u,
  toLatin: (word) => {
    const plain = withoutMarks(word);
    const habits = EASTERN.test(plain) ? [...HABITS, ...EASTERN_HABITS] : HABITS;
    return habits.reduce((text, [pattern, sound]) => text.replace(pattern, sound), plain);
  },
};

function withoutMarks(word: string): string {
  return Array.from(word, (letter) => LETTERS.get(letter) ?? letter)
    .join('')
    .normalize('NFD')
    .replace(MARKS, '');
}
