import anyAscii from 'any-ascii';
import { arabic } from './scripts/arabic.js';
import { armenian } from './scripts/armenian.js';
import { cyrillic } from './scripts/cyrillic.js';
import { georgian } from './scripts/georgian.js';
import { greek } from './scripts/greek.js';
import { hebrew } from './scripts/hebrew.js';
import { latin } from './scripts/latin.js';
import { withoutHabits } from './spelling-habits.js';

const SCRIPTS = [latin, cyrillic, greek, arabic, hebrew, georgian, armenian];
const OTHER = /[^a-z]/g;

/** One word of any script in a–z; what no table of ours knows is left to `any-ascii`. Empty when the word has no letters. */
export function transliterate(word: string): string {
  const lower = word.normalize('NFKC').toLowerCase().normalize('NFC');
  const spelled = SCRIPTS.reduce((text, script) => (script.letters.test(text) ? script.toLatin(text) : text), lower);
  return withoutHabits(anyAscii(spelled).toLowerCase().replace(OTHER, ''));
}
