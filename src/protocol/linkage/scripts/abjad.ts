const VOWEL = /[aeiou]$/;

/**
 * Joins the letters of a script that writes few vowels, with an `a` between two consonants: which vowel it was is not known, but that there was
 * one keeps `t` + `h` from being read as `th`.
 */
export function withVowels(letters: readonly string[]): string {
  return letters
    .filter((letter) => letter !== '')
    .reduce(
      (word, letter) => (word === '' || VOWEL.test(word) || VOWEL.test(letter) ? word + letter : `${word}a${letter}`),
      '',
    );
}
