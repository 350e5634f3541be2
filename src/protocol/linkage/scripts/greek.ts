import type { Script } from './script.js';

const TONOS = /[\u0300-\u036f]/gu;
const DIALYTIKA = /[ϊϋΐΰ]/gu;

/** Digraphs first, longest first; then letters (ELOT 743, which Greek passports follow, but for the sounds that other languages write otherwise). */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/^μπ/gu, 'b'],
  [/^ντ/gu, 'd'],
  [/^γκ/gu, 'g'],
  [/γγ/gu, 'ng'],
  [/γκ/gu, 'gk'],
  [/γξ/gu, 'nx'],
  [/γχ/gu, 'nch'],
  [/([αεη])υ(?=[θκξπσςτφχψ]|$)/gu, '$1f'],
  [/([αεη])υ/gu, '$1v'],
  [/ου/gu, 'ou'],
  [/αι/gu, 'e'],
  [/[εου]ι/gu, 'i'],
];

const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{
      α: 'a',
      β: 'v',
      γ: 'g',
      δ: 'd',
      ε: 'e',
      ζ: 'z',
      η: 'i',
      θ: 'th',
      ι: 'i',
      κ: 'k',
      λ: 'l',
      μ: 'm',
      ν: 'n',
      ξ: 'x',
    },
    ...{ ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' },
  }),
);

/** Greek to a–z. A dialytika keeps two vowels apart; a tonos is dropped. */
export const greek: Script = {
  letters: /[\u0370-\u03ff\u1f00-\u1fff]/u,
  toLatin: (word) => {
    const apart = word.replace(DIALYTIKA, (vowel) => (/[ϊΐ]/u.test(vowel) ? 'i' : 'y'));
    const plain = apart.normalize('NFD').replace(TONOS, '');
    const spelled = RULES.reduce((text, [pattern, latin]) => text.replace(pattern, latin), plain);
    return Array.from(spelled, (letter) => LETTERS.get(letter) ?? letter).join('');
  },
};
