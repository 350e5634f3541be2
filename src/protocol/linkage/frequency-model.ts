import { placeSkeletonOf } from './place.js';
import { codeOf, type CodeSystem, LONGEST_CODE } from './name-codes.js';
import { LinkageProfileError } from './profile-error.js';
import { transliterate } from './transliterate.js';

type Shares = ReadonlyMap<string, number>;

interface Region {
  readonly share: number;
  readonly countries: ReadonlySet<string>;
  /** Share of the people who carry a name of this code, the more common of given and family name. */
  readonly names: Readonly<Record<CodeSystem, Shares>>;
  readonly places: Shares;
}

/** What a key is about, as far as its frequency goes. */
export interface KeyContent {
  readonly codes: readonly string[];
  readonly system: CodeSystem;
  readonly year?: number;
  readonly month?: boolean;
  readonly day?: boolean;
  /** Day and month are known, but not which is which. */
  readonly sortedDayAndMonth?: boolean;
  readonly country?: string;
  readonly place?: string;
}

const MONTHS = 12;
const DAYS = 30;
const DAYS_A_YEAR = 365;

/**
 * How easily a value is guessed by somebody who knows how common names, places, ages and countries are but not where this person is from. Names and
 * places hang together by region: `Nguyen` and `Thi` are rare in the world and common together.
 */
export class FrequencyModel {
  constructor(
    readonly version: number,
    private readonly regions: readonly Region[],
    private readonly countries: Shares,
    private readonly countryUnlisted: number,
    private readonly shareOfYear: (year: number) => number,
    private readonly unlisted: Unlisted,
  ) {}

  /** Guessing entropy in bits: −log₂ of the share of people who have this value. */
  bitsOf(content: KeyContent): number {
    let share = content.country === undefined ? this.anywhere(content) : this.within(content, content.country);
    if (content.year !== undefined) share *= this.shareOfYear(content.year);
    if (content.month) share /= MONTHS;
    if (content.day) share /= DAYS;
    if (content.sortedDayAndMonth) share *= 2 / DAYS_A_YEAR;
    return bitsOfShare(share);
  }

  /** The bits of a document: its characters, and the country that issued it. Numbers are issued in series, so that this is the most that it can be. */
  bitsOfDocument(issuer: string, number: string): number {
    const share = Array.from(number).reduce(
      (left, one) => left / (/\d/.test(one) ? 10 : 26),
      this.shareOfCountry(issuer),
    );
    return bitsOfShare(share);
  }

  private anywhere(content: KeyContent): number {
    return this.regions.reduce((sum, region) => sum + region.share * this.inRegion(content, region), 0);
  }

  private within(content: KeyContent, country: string): number {
    const region = this.regions.find(({ countries }) => countries.has(country));
    return this.shareOfCountry(country) * (region ? this.inRegion(content, region) : this.anywhere(content));
  }

  private inRegion({ codes, system, place }: KeyContent, region: Region): number {
    const names = codes.reduce(
      (share, code) => share * Math.max(region.names[system].get(code) ?? 0, this.unlisted.name(code, system)),
      1,
    );
    return place === undefined ? names : names * Math.max(region.places.get(place) ?? 0, this.unlisted.place(place));
  }

  private shareOfCountry(country: string): number {
    return this.countries.get(country) ?? this.countryUnlisted;
  }
}

/** Rounded, so that the last digits of a logarithm, which differ between machines, decide nothing. */
function bitsOfShare(share: number): number {
  return Math.round(-Math.log2(share) * 1000) / 1000;
}

/** The share of a code that no table lists, by how many sounds it has and how common they are. */
class Unlisted {
  constructor(
    private readonly letters: Shares,
    private readonly lengths: readonly number[],
    private readonly leastName: number,
    private readonly leastPlace: number,
  ) {}

  name(code: string, system: CodeSystem): number {
    return Math.max(this.byLetters(code, LONGEST_CODE[system]), this.leastName);
  }

  place(code: string): number {
    return Math.max(this.byLetters(code, Infinity), this.leastPlace);
  }

  /** A code of the greatest length stands for all that are longer. */
  private byLetters(code: string, longest: number): number {
    const last = this.lengths.length;
    const shares =
      code.length < longest
        ? this.lengths.slice(Math.min(code.length, last) - 1, code.length)
        : this.lengths.slice(longest - 1);
    const length = shares.reduce((sum, share) => sum + share, 0) || (this.lengths[last - 1] ?? 0);
    return Array.from(code).reduce((share, letter) => share * (this.letters.get(letter) ?? 0.01), length);
  }
}

interface FrequencyFile {
  readonly version: number;
  readonly referenceYear: number;
  readonly ages: readonly { readonly to: number; readonly share: number }[];
  readonly countries: string;
  readonly countryUnlisted: number;
  readonly letters: string;
  readonly lengths: readonly number[];
  readonly leastUnlisted: { readonly nameBits: number; readonly placeBits: number };
  readonly regions: readonly {
    readonly share: number;
    readonly countries: string;
    readonly given: string;
    readonly family: string;
    readonly places: string;
  }[];
}

/** Reads `schema/linkage/frequencies.json`; names become codes here, so that they change with the normaliser. Throws `LinkageProfileError`. */
export function readFrequencies(text: string): FrequencyModel {
  const file = JSON.parse(text) as FrequencyFile;
  if (!isFilledList(file.regions) || !isFilledList(file.ages))
    throw new LinkageProfileError('the frequencies have no regions or no ages');
  const everybody = file.regions.reduce((sum, { share }) => sum + share, 0);
  return new FrequencyModel(
    file.version,
    file.regions.map(({ share, countries, given, family, places }) => ({
      share: share / everybody,
      countries: new Set(countries.split(' ')),
      names: {
        skeleton: commonest(namesByCode(given, 'skeleton'), namesByCode(family, 'skeleton')),
        metaphone: commonest(namesByCode(given, 'metaphone'), namesByCode(family, 'metaphone')),
        stem: commonest(namesByCode(given, 'stem'), namesByCode(family, 'stem')),
      },
      places: sharesBy(places, placeSkeletonOf),
    })),
    sharesBy(file.countries, (code) => code),
    file.countryUnlisted / 1000,
    (year) => shareOfAge(file.referenceYear - year, file.ages),
    new Unlisted(
      sharesBy(file.letters, (letter) => letter),
      file.lengths.map((share) => share / 1000),
      2 ** -file.leastUnlisted.nameBits,
      2 ** -file.leastUnlisted.placeBits,
    ),
  );
}

function isFilledList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function namesByCode(table: string, system: CodeSystem): Shares {
  return sharesBy(table, (name) => codeOf(transliterate(name), system));
}

/** Reads `name:12 other:3`, per mille, and sums up under what `keyOf` makes of each name. */
function sharesBy(table: string, keyOf: (name: string) => string): Shares {
  const shares = new Map<string, number>();
  for (const item of table.split(' ')) {
    const [name = '', share = ''] = item.split(':');
    if (!(Number(share) > 0)) throw new LinkageProfileError(`a share is not a number above 0: ${item}`);
    const key = keyOf(name);
    shares.set(key, (shares.get(key) ?? 0) + Number(share) / 1000);
  }
  return shares;
}

function commonest(one: Shares, other: Shares): Shares {
  const codes = new Set([...one.keys(), ...other.keys()]);
  return new Map([...codes].map((code) => [code, Math.max(one.get(code) ?? 0, other.get(code) ?? 0)]));
}

function shareOfAge(age: number, bands: FrequencyFile['ages']): number {
  let from = 0;
  for (const { to, share } of bands) {
    if (age <= to) return share / 1000 / (to + 1 - from);
    from = to + 1;
  }
  const last = bands.at(-1);
  return last ? last.share / 1000 / 10 : 0;
}
