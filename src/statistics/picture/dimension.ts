import type { CoreDimension, Facet } from '../disclosure/counted-class.js';
import { regionsOf } from './regions.js';

/** Where the picture finds a dimension, and what it makes of the text there. */
interface DimensionPlace {
  readonly core?: CoreDimension;
  readonly facet?: Facet;
  /** Whether it says something of a person, so that a pattern has none. */
  readonly describesPerson?: true;
  /** The codes in which an alert with this text counts; the text is not empty. */
  readonly codesIn: (text: string) => readonly string[];
  /** What the codes are. */
  readonly codes: 'country' | 'region' | 'period' | 'plain' | { readonly scheme: string };
}

const listed = (text: string): readonly string[] => text.split(' ');
const alone = (text: string): readonly string[] => [text];
const regions = (text: string): readonly string[] => [...new Set(listed(text).flatMap(regionsOf))];

/** `2026-11` as `2026-Q4`. */
function quarterOf(month: string): string {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
}

const PLACES = {
  MONTH: { core: 'month', codesIn: alone, codes: 'period' },
  QUARTER: { core: 'month', codesIn: (month: string) => [quarterOf(month)], codes: 'period' },
  YEAR: { core: 'year', codesIn: alone, codes: 'period' },
  ORIGIN: { core: 'origin', codesIn: listed, codes: 'country' },
  ORIGIN_REGION: { core: 'origin', codesIn: regions, codes: 'region' },
  EXPLOITATION: { core: 'exploitation', codesIn: listed, codes: 'country' },
  EXPLOITATION_REGION: { core: 'exploitation', codesIn: regions, codes: 'region' },
  PURPOSE: { core: 'purpose', codesIn: listed, codes: { scheme: 'purpose' } },
  GENDER: { core: 'gender', codesIn: listed, codes: { scheme: 'person-gender' }, describesPerson: true },
  AGE_BAND: { core: 'age-band', codesIn: listed, codes: { scheme: 'person-age-band' }, describesPerson: true },
  MEANS: { facet: 'law', codesIn: listed, codes: { scheme: 'means' } },
  CONTROL: { facet: 'control', codesIn: listed, codes: { scheme: 'control' } },
  SECTOR: { facet: 'sector', codesIn: listed, codes: { scheme: 'sector' } },
  KIND: { facet: 'kind', codesIn: alone, codes: 'plain' },
  SENDER_KIND: { facet: 'sender-kind', codesIn: alone, codes: 'plain' },
  IDENTIFICATION: {
    facet: 'identification',
    codesIn: listed,
    codes: { scheme: 'identification' },
    describesPerson: true,
  },
  PROTECTION: { facet: 'protection', codesIn: listed, codes: { scheme: 'protection' }, describesPerson: true },
  CITIZENSHIP: { facet: 'citizenship', codesIn: listed, codes: 'country', describesPerson: true },
  CITIZENSHIP_REGION: { facet: 'citizenship', codesIn: regions, codes: 'region', describesPerson: true },
  TRANSIT: { facet: 'transit', codesIn: listed, codes: 'country' },
  TRANSIT_REGION: { facet: 'transit', codesIn: regions, codes: 'region' },
  RECURRENCE: { facet: 'recurrence', codesIn: alone, codes: 'plain', describesPerson: true },
  TIME_TO_FLAG: { facet: 'time-to-flag', codesIn: alone, codes: 'plain', describesPerson: true },
  TIME_TO_RETRAFFICKING: { facet: 'time-to-retrafficking', codesIn: alone, codes: 'plain', describesPerson: true },
} as const satisfies Readonly<Record<string, DimensionPlace>>;

/** By what the picture can be broken down. */
export type PictureDimension = keyof typeof PLACES;

/** Where a dimension is found. */
export function placeOf(dimension: PictureDimension): DimensionPlace {
  return PLACES[dimension];
}

/** Whether a text names a dimension. */
export function isPictureDimension(name: string): name is PictureDimension {
  return Object.hasOwn(PLACES, name);
}
