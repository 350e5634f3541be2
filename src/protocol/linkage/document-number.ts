export const DOCUMENT_TYPES = ['passport', 'identity-card', 'residence-permit', 'national-number', 'other'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** Letters of other scripts that look like one of ours, as series of documents are written. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  Array.from('АВЕКМНОРСТУХІЈЅ', (letter, at) => [letter, 'ABEKMHOPCTYXIJS'.charAt(at)] as const).concat(
    Array.from('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', (letter, at) => [letter, 'ABEZHIKMNOPTYX'.charAt(at)] as const),
  ),
);
/** Digits of the machine-readable zone's check (ICAO 9303-3 §4.9). */
const WEIGHTS = [7, 3, 1];
const MRZ_NUMBER_LENGTH = 9;
/** What a folded character may have been. */
const READINGS: ReadonlyMap<string, string> = new Map([
  ['0', '0O'],
  ['1', '1I'],
]);
const SHORTEST_TO_SHORTEN = 7;

/**
 * The number of a document as it is compared: letters and digits only, capitals, look-alikes of other scripts in Latin, O as 0 and I as 1. Ten
 * characters of which the last is the check digit of a machine-readable zone are nine, whichever of the letters and digits that look alike were meant.
 */
export function normaliseDocumentNumber(number: string): string {
  const capitals = Array.from(number.normalize('NFKC').toUpperCase(), (letter) => LOOKALIKES.get(letter) ?? letter);
  const characters = capitals
    .join('')
    .replace(/[^A-Z0-9]/g, '')
    .replace(/O/g, '0')
    .replace(/I/g, '1');
  return endsWithCheckDigit(characters) ? characters.slice(0, -1) : characters;
}

/** The number with one character left out, each once, and the number itself: two numbers that differ by one character share one of them. Empty below seven characters. */
export function shortenedNumbers(number: string): readonly string[] {
  if (number.length < SHORTEST_TO_SHORTEN) return [];
  return [...new Set([number, ...Array.from(number, (_, at) => number.slice(0, at) + number.slice(at + 1))])];
}

function endsWithCheckDigit(characters: string): boolean {
  if (characters.length !== MRZ_NUMBER_LENGTH + 1) return false;
  let sums = new Set([0]);
  Array.from(characters.slice(0, -1)).forEach((character, at) => {
    const weight = WEIGHTS[at % WEIGHTS.length] ?? 0;
    sums = new Set([...sums].flatMap((sum) => valuesOf(character).map((value) => (sum + value * weight) % 10)));
  });
  return sums.has(Number(characters.slice(-1)));
}

/** What a character counts in the check: its digit, or its place after 9 in the alphabet. */
function valuesOf(folded: string): readonly number[] {
  return Array.from(READINGS.get(folded) ?? folded, (character) => Number.parseInt(character, 36));
}
