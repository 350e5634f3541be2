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
const SHORTEST_TO_SHORTEN = 7;

/**
 * The number of a document as it is compared: letters and digits only, capitals, look-alikes of other scripts in Latin, O as 0 and I as 1. Ten
 * characters of which the last is the check digit of a machine-readable zone are nine: the check digit is seen before anything is folded.
 */
export function normaliseDocumentNumber(number: string): string {
  const capitals = Array.from(
    number.normalize('NFKC').toUpperCase(),
    (letter) => LOOKALIKES.get(letter) ?? letter,
  ).join('');
  const characters = capitals.replace(/[^A-Z0-9]/g, '');
  const bare = hasCheckDigit(characters) ? characters.slice(0, -1) : characters;
  return bare.replace(/O/g, '0').replace(/I/g, '1');
}

/** The number with one character left out, each once, and the number itself: two numbers that differ by one character share one of them. Empty below seven characters. */
export function shortenedNumbers(number: string): readonly string[] {
  if (number.length < SHORTEST_TO_SHORTEN) return [];
  return [...new Set([number, ...Array.from(number, (_, at) => number.slice(0, at) + number.slice(at + 1))])];
}

function hasCheckDigit(characters: string): boolean {
  if (characters.length !== MRZ_NUMBER_LENGTH + 1) return false;
  const sum = Array.from(characters.slice(0, -1)).reduce(
    (total, character, at) => total + valueOf(character) * (WEIGHTS[at % 3] ?? 0),
    0,
  );
  return characters.endsWith(String(sum % 10));
}

function valueOf(character: string): number {
  return Number.parseInt(character, 36);
}
