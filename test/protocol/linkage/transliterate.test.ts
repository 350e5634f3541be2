import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { transliterate } from '../../../src/protocol/linkage/index.js';

const SPELLED: readonly (readonly [script: string, word: string, latin: string])[] = [
  ['Russian', 'Юлия', 'yuliya'],
  ['Russian', 'Щербаков', 'shcherbakov'],
  ['Russian', 'Достоевский', 'dostoevski'],
  ['Russian, an English name', 'Джонсон', 'jonson'],
  ['Bulgarian', 'Димитър', 'dimitar'],
  ['Ukrainian', 'Їжакевич', 'yizhakevich'],
  ['Belarusian', 'Казлоў', 'kazlov'],
  ['Serbian', 'Љубица', 'lubitsa'],
  ['Macedonian', 'Ѓорѓи', 'gorgji'],
  ['Kazakh', 'Әйгерім', 'aygerim'],
  ['Greek', 'Παπαδόπουλος', 'papadopoulos'],
  ['Greek, digraphs', 'Μπάμπης', 'bampis'],
  ['Greek, digraphs', 'Ευαγγελία', 'evangelia'],
  ['Arabic, with the article', 'الحسن', 'hasan'],
  ['Arabic, vowel letters', 'سعيد', 'said'],
  ['Arabic, with marks', 'مُحَمَّد', 'mahamad'],
  ['Arabic, servant of', 'عبدالرحمن', 'abdrahaman'],
  ['Persian', 'پژمان', 'pazhaman'],
  ['Hebrew', 'שרה', 'shara'],
  ['Hebrew, geresh', 'ג׳מאל', 'jamal'],
  ['Georgian', 'ნინო', 'nino'],
  ['Armenian', 'Հակոբյան', 'hakobyan'],
  ['Vietnamese', 'Nguyễn', 'nguyen'],
  ['Vietnamese', 'Đặng', 'dang'],
  ['Romanian', 'Ștefănescu', 'stefanescu'],
  ['Romanian, cedilla', 'Ştefănescu', 'stefanescu'],
  ['Albanian', 'Gëzim', 'gezim'],
  ['Turkish', 'Işıl', 'isil'],
  ['Turkish', 'İbrahim', 'ibrahim'],
  ['Polish', 'Łukaszewicz', 'lukashevich'],
  ['Czech', 'Dvořák', 'dvorak'],
  ['Croatian', 'Kovačić', 'kovachich'],
  ['Hungarian', 'Őrsi', 'orsi'],
  ['Thai, by the fallback', 'สมชาย', 'smchay'],
];

describe('a word of any script in a–z', () => {
  it.each(SPELLED)('%s: %s is %s', (_, word, latin) => {
    expect(transliterate(word)).toBe(latin);
  });

  it('is the same in capitals, and composed or not', () => {
    for (const [, word] of SPELLED) {
      const expected = transliterate(word);
      expect(transliterate(word.normalize('NFD'))).toBe(expected);
      expect(transliterate(word.toUpperCase().toLowerCase())).toBe(expected);
    }
  });

  it('is nothing but a–z, and stays what it is when it is done again', () => {
    const letters = fc.constantFrom(...new Set(SPELLED.flatMap(([, word]) => Array.from(word))), '-', '’', '1', '漢');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(letters, { maxLength: 12 }).map((all) => all.join('')),
          fc.string(),
        ),
        (word) => {
          const once = transliterate(word);
          expect(once).toMatch(/^[a-z]*$/);
          expect(transliterate(once)).toBe(once);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
