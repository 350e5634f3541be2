import type { Script } from './script.js';

const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{
      ա: 'a',
      բ: 'b',
      գ: 'g',
      դ: 'd',
      ե: 'e',
      զ: 'z',
      է: 'e',
      ը: 'e',
      թ: 't',
      ժ: 'zh',
      ի: 'i',
      լ: 'l',
      խ: 'kh',
      ծ: 'ts',
    },
    ...{ կ: 'k', հ: 'h', ձ: 'dz', ղ: 'gh', ճ: 'ch', մ: 'm', յ: 'y', ն: 'n', շ: 'sh', ո: 'o', չ: 'ch', պ: 'p', ջ: 'j' },
    ...{ ռ: 'r', ս: 's', վ: 'v', տ: 't', ր: 'r', ց: 'ts', ւ: 'v', փ: 'p', ք: 'k', օ: 'o', ֆ: 'f', և: 'ev' },
  }),
);

/** Armenian (eastern reading) to a–z. */
export const armenian: Script = {
  letters: /[\u0530-\u058f]/u,
  toLatin: (word) =>
    Array.from(
      word
        .replace(/ու/gu, 'u')
        .replace(/^ո(?=.)/u, 'vo')
        .replace(/եւ/gu, 'ev'),
      (letter) => LETTERS.get(letter) ?? letter,
    ).join(''),
};
