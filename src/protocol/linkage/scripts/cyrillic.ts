import type { Script } from './script.js';

/**
 * Bulgarian, Russian, Ukrainian, Belarusian, Serbian, Macedonian and Kazakh, Kyrgyz, Mongolian letters, towards the spelling in which passports most
 * often write them (ICAO 9303-3, table of Cyrillic). Where languages part, the skeleton takes both spellings for one.
 */
const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{
      а: 'a',
      б: 'b',
      в: 'v',
      г: 'g',
      ґ: 'g',
      д: 'd',
      е: 'e',
      ё: 'e',
      ж: 'zh',
      з: 'z',
      и: 'i',
      й: 'y',
      к: 'k',
      л: 'l',
    },
    ...{ м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh' },
    ...{ щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya' },
    ...{
      і: 'i',
      ї: 'yi',
      є: 'ye',
      ў: 'v',
      ђ: 'dj',
      ѓ: 'gj',
      ќ: 'kj',
      ѕ: 'dz',
      ј: 'j',
      љ: 'lj',
      њ: 'nj',
      ћ: 'ch',
      џ: 'j',
    },
    ...{ ә: 'a', ғ: 'g', қ: 'k', ң: 'n', ө: 'o', ұ: 'u', ү: 'u', һ: 'h', ҷ: 'j', ҳ: 'h', ӣ: 'i', ӯ: 'u', ѝ: 'i' },
  }),
);

/** Pairs of letters that stand for one sound of another language: Джон, Дзюнко. */
const PAIRS: readonly (readonly [RegExp, string])[] = [
  [/дж/gu, 'џ'],
  [/кс/gu, 'ks'],
  [/ий$|ый$|ій$/u, 'i'],
];

const HARD_SIGN_AS_VOWEL = /ъ(?=[бвгджзклмнпрстфхцчшщ])/gu;

/** Cyrillic to a–z. A hard sign before a consonant is the Bulgarian vowel: Търново, Димитър. */
export const cyrillic: Script = {
  letters: /[\u0400-\u052f]/u,
  toLatin: (word) =>
    Array.from(
      PAIRS.reduce((text, [pattern, letter]) => text.replace(pattern, letter), word.replace(HARD_SIGN_AS_VOWEL, 'а')),
      (letter) => LETTERS.get(letter) ?? letter,
    ).join(''),
};
