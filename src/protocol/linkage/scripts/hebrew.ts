import { withVowels } from './abjad.js';
import type { Script } from './script.js';

const MARKS = /[\u0591-\u05c7]/gu;
const GERESH = /[׳'’]/u;

const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{
      א: 'a',
      ב: 'b',
      ג: 'g',
      ד: 'd',
      ה: 'h',
      ו: 'o',
      ז: 'z',
      ח: 'h',
      ט: 't',
      י: 'i',
      כ: 'k',
      ך: 'kh',
      ל: 'l',
      מ: 'm',
    },
    ...{ ם: 'm', נ: 'n', ן: 'n', ס: 's', ע: 'a', פ: 'p', ף: 'f', צ: 'ts', ץ: 'ts', ק: 'k', ר: 'r', ש: 'sh', ת: 't' },
  }),
);
const WITH_GERESH: ReadonlyMap<string, string> = new Map(
  Object.entries({ ג: 'j', ז: 'zh', צ: 'ch', ץ: 'ch', ת: 'th', ח: 'kh' }),
);

/** Hebrew to a–z: vav and yod stand for vowels, unless the word begins with them or vav is doubled; a final he is a vowel. */
export const hebrew: Script = {
  letters: /[\u0590-\u05ff]/u,
  toLatin: (word) => {
    const bare = word
      .replace(MARKS, '')
      .replace(/יי/gu, 'י')
      .replace(/(?<=.)ה$/u, 'a')
      .replace(/וו|^ו/gu, 'v')
      .replace(/^י/u, 'y');
    const letters = Array.from(bare).flatMap((letter, at, all) => {
      if (GERESH.test(letter)) return [];
      const soft = GERESH.test(all[at + 1] ?? '') ? WITH_GERESH.get(letter) : undefined;
      return [soft ?? LETTERS.get(letter) ?? letter];
    });
    return withVowels(letters);
  },
};
