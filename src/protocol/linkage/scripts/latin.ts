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
    ...{ č: 'ch', ć: 'ch', ĉ: 'ch', ŭ: 'v' },
  }),
);

/** Latin letters with marks to a–z: what a machine-readable zone would keep (ICAO 9303-3 §6), since the same name comes with its marks and without. */
export const latin: Script = {
  letters: /[\u00c0-\u024f\u0259\u1e00-\u1eff]/u,
  toLatin: (word) =>
    Array.from(word, (letter) => LETTERS.get(letter) ?? letter)
      .join('')
      .normalize('NFD')
      .replace(MARKS, ''),
};
