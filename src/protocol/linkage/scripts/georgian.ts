import type { Script } from './script.js';

const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{
      ა: 'a',
      ბ: 'b',
      გ: 'g',
      დ: 'd',
      ე: 'e',
      ვ: 'v',
      ზ: 'z',
      თ: 't',
      ი: 'i',
      კ: 'k',
      ლ: 'l',
      მ: 'm',
      ნ: 'n',
      ო: 'o',
    },
    ...{ პ: 'p', ჟ: 'zh', რ: 'r', ს: 's', ტ: 't', უ: 'u', ფ: 'p', ქ: 'k', ღ: 'gh', ყ: 'q', შ: 'sh', ჩ: 'ch', ც: 'ts' },
    ...{ ძ: 'dz', წ: 'ts', ჭ: 'ch', ხ: 'kh', ჯ: 'j', ჰ: 'h' },
  }),
);

/** Georgian to a–z, by the national system of 2002 without its apostrophes. */
export const georgian: Script = {
  letters: /[\u10a0-\u10ff\u1c90-\u1cbf]/u,
  toLatin: (word) => Array.from(word, (letter) => LETTERS.get(letter) ?? letter).join(''),
};
