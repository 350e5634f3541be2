/**
 * What is left of a name when the spelling of its sounds no longer matters. Rules in order, over a–z; capitals are sounds that are settled.
 * Voiced and voiceless lip sounds are one (Arabic has no p), so are f and v, and all hissing sounds; vowels and h go, but for the traces that the end
 * of `skeletonOf` keeps.
 */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/(.)\1+/g, '$1'],
  [/shch|tsch|sch|tch|sh|zh/g, 'S'],
  [/ch(?=[rln]|$)/g, 'K'],
  [/ch/g, 'S'],
  [/[td]s|[td]z/g, 'S'],
  [/sc(?=[eiy])|c(?=[eiy])/g, 'S'],
  [/x/g, 'KS'],
  [/[sz]/g, 'S'],
  [/th|t/g, 'T'],
  [/dh|d/g, 'D'],
  [/gh|g|j/g, 'G'],
  [/ck|[ckq]/g, 'K'],
  [/^w|[fv]/g, 'V'],
  [/[bp]/g, 'P'],
];
const DOUBLED = /([A-Z])\1+/g;
const VOWEL = /[aeiouyhw]/g;
const SHORT = 2;

/**
 * The consonant skeleton of a name in a–z: `mohamed` and `muhammad` give MMD. A beginning vowel is kept as A, a beginning h as H; names of one or two
 * sounds keep whether they end in a vowel, because there are so many of them.
 */
export function skeletonOf(name: string): string {
  const sounds = SOUNDS.reduce((text, [pattern, sound]) => text.replace(pattern, sound), name).replace(
    /[lmnr]/g,
    (letter) => letter.toUpperCase(),
  );
  const start = /^[aeiouy]/.test(sounds) ? 'A' : /^h/.test(sounds) ? 'H' : '';
  const consonants = sounds.replace(DOUBLED, '$1').replace(VOWEL, '');
  if (start + consonants === '') return '';
  const code = start + consonants;
  return code.length <= SHORT && /[aeiouy]h?$/.test(sounds) && consonants !== '' ? `${code}A` : code;
}
