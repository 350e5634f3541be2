import { withVowels } from './abjad.js';
import type { Script } from './script.js';

const MARKS = /[\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]/gu;
/** The article, before at least three letters: names that begin with alif and lam of their own are longer than that rarely. */
const ARTICLE = /^(?:و?ال|لل)(?=\p{L}{3})/u;

/** The first half of names that mean `servant of`. */
const SERVANT = /^عبد/u;

const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{
      ا: 'a',
      أ: 'a',
      إ: 'i',
      آ: 'a',
      ٱ: 'a',
      ء: '',
      ئ: 'i',
      ؤ: 'u',
      ى: 'a',
      ة: 'a',
      ب: 'b',
      پ: 'p',
      ت: 't',
      ث: 'th',
    },
    ...{ ج: 'j', چ: 'ch', ح: 'h', خ: 'h', د: 'd', ذ: 'dh', ر: 'r', ز: 'z', ژ: 'zh', س: 's', ش: 'sh', ص: 's', ض: 'd' },
    ...{
      ط: 't',
      ظ: 'z',
      ع: 'a',
      غ: 'g',
      ف: 'f',
      ڤ: 'v',
      ق: 'q',
      ك: 'k',
      ک: 'k',
      گ: 'g',
      ڭ: 'g',
      ل: 'l',
      م: 'm',
      ن: 'n',
    },
    ...{
      ه: 'h',
      ە: 'e',
      ھ: 'h',
      ہ: 'h',
      ٹ: 't',
      ڈ: 'd',
      ڑ: 'r',
      ں: 'n',
      ے: 'e',
      ې: 'e',
      ۀ: 'e',
      ڕ: 'r',
      ڵ: 'l',
      ێ: 'e',
      ۆ: 'o',
    },
    ...{ و: 'u', ي: 'i', ی: 'i' },
  }),
);

/** Arabic, Persian, Kurdish and Urdu to a–z: waw and ya stand for vowels, unless the word begins with them; the article is dropped. */
export const arabic: Script = {
  letters: /[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]/u,
  toLatin: (word) => {
    const bare = word.replace(MARKS, '');
    return SERVANT.test(bare) ? `abd${spell(bare.replace(SERVANT, ''))}` : spell(bare);
  },
};

function spell(word: string): string {
  const bare = word.replace(ARTICLE, '');
  const opened = bare.replace(/تش/gu, 'چ').replace(/^و/u, 'w').replace(/^[يی]/u, 'y');
  return withVowels(Array.from(opened, (letter) => LETTERS.get(letter) ?? letter));
}
