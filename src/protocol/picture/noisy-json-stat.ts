import { type StatedNoise, boundInWords, milliOf, PRIVACY_DELTA, widthInWords } from '../privacy/index.js';
import { columnOf, wordsOf } from './dimension-words.js';
import type { PictureQuestion, PictureTableAnswer } from './picture-table.js';

/** One dimension of a declared domain: its keys in their order, with what they are called. */
export interface NoisyAxis {
  /** As the schema spells it, or `VERDICT`. */
  readonly dimension: string;
  /** A code, `UNKNOWN` or `OTHER`. */
  readonly keys: readonly { readonly id: string; readonly label: string }[];
}

/** A table of persons with noise, as the hub made it. */
export interface NoisyPictureTable extends Pick<PictureTableAnswer, 'onDate' | 'breaks' | 'source' | 'caveat'> {
  readonly question: PictureQuestion;
  /** When persons were counted, RFC 3339. */
  readonly countedAt: string;
  readonly axes: readonly NoisyAxis[];
  /** For every combination of keys, the last axis fastest. */
  readonly numbers: readonly number[];
  readonly noise: StatedNoise;
  /** In how many combinations of codes one person counts at most. */
  readonly combinations: number;
}

/** What is stated of the noise of a table, in whole numbers. All of it follows from the first three. */
export interface DatasetNoise {
  readonly rhoMicro: number;
  readonly cellsPerPerson: number;
  readonly combinationsPerPerson: number;
  readonly variance: { readonly numerator: number; readonly denominator: number };
  readonly halfWidth95: number;
  /** Of this table alone, in thousandths, rounded up. */
  readonly epsilonMilli: number;
  /** The δ of that ε. */
  readonly delta: string;
}

/** A dataset of persons with noise as it is written. */
export type NoisyDataset = ReturnType<typeof noisyDataset>;

const METRIC = 'measure';
const PERSONS = 'persons';
const VERDICT = { title: 'verdict', role: 'other', codes: 'MET, NOT_MET, UNDETERMINED' } as const;

/** A table of persons with noise as a JSON-stat 2.0 dataset: the dimensions of its domain, and `measure` (persons) as the last. Every cell has a number, which may be below 0. */
export function noisyDataset(table: NoisyPictureTable) {
  const { question, axes, numbers, source, countedAt, breaks, onDate } = table;
  const ids = axes.map(({ dimension }) => columnOf(dimension));
  const [times, places] = (['time', 'geo'] as const).map((role) =>
    ids.filter((_, at) => describe(axes[at]?.dimension ?? '').role === role),
  );
  return {
    version: '2.0',
    class: 'dataset',
    label: titleOf(table),
    source,
    updated: countedAt,
    note: notesOf(table),
    id: [...ids, METRIC],
    size: [...axes.map(({ keys }) => keys.length), 1],
    role: {
      ...(times && times.length > 0 ? { time: times } : {}),
      ...(places && places.length > 0 ? { geo: places } : {}),
      metric: [METRIC],
    },
    dimension: {
      ...Object.fromEntries(axes.map((axis) => [columnOf(axis.dimension), axisNode(axis)])),
      [METRIC]: {
        label: 'what is counted',
        category: {
          index: [PERSONS],
          label: { [PERSONS]: 'persons' },
          unit: { [PERSONS]: { label: 'persons', decimals: 0 } },
        },
      },
    },
    value: [...numbers],
    extension: {
      ...{ lang: question.language, question, lawsOn: onDate, breaks },
      noise: datasetNoise(table.noise, table.combinations),
    },
  };
}

/** What is stated of noise, in whole numbers. */
export function datasetNoise(noise: StatedNoise, combinations: number): DatasetNoise {
  const { rhoMicro, contribution, variance, halfWidth95, epsilon } = noise;
  return {
    ...{ rhoMicro, cellsPerPerson: contribution.cellsPerPerson, combinationsPerPerson: combinations },
    variance: { numerator: Number(variance.numerator), denominator: Number(variance.denominator) },
    ...{ halfWidth95, epsilonMilli: milliOf(epsilon), delta: String(PRIVACY_DELTA) },
  };
}

function axisNode({ dimension, keys }: NoisyAxis) {
  const { title, codes } = describe(dimension);
  return {
    label: title,
    note: [`Codes: ${codes}.`],
    category: {
      index: keys.map(({ id }) => id),
      label: Object.fromEntries(keys.map(({ id, label }) => [id, label])),
    },
  };
}

function describe(dimension: string) {
  return dimension === 'VERDICT' ? VERDICT : wordsOf(dimension);
}

function titleOf({ axes, question: { where, under } }: NoisyPictureTable): string {
  const conditions = where.map(({ dimension, anyOf }) => `${wordsOf(dimension).title} ${anyOf.join(' or ')}`);
  return [
    'Persons',
    ...(axes.length > 0 ? [`by ${axes.map(({ dimension }) => describe(dimension).title).join(', ')}`] : []),
    ...(conditions.length > 0 ? [`with ${conditions.join(', and with ')}`] : []),
    ...(under.length > 0 ? [`under ${under.join(', ')}`] : []),
    'with noise',
  ].join(' ');
}

function notesOf({ noise, combinations, question, onDate, breaks, caveat }: NoisyPictureTable): string[] {
  const { from, until, under } = question;
  return [
    'Counted: persons: alerts that confirmed links join are one, any other alert is a person of its own',
    `Noise: ${widthInWords(noise)}`,
    `Bound: ${boundInWords(combinations, noise.contribution.cellsPerPerson)}`,
    'Cells: all of a domain that was declared beforehand; that a cell is there tells nothing',
    `Period: episodes that started ${from ?? 'at any time'} to ${until ?? 'today'}`,
    ...(under.length > 0 ? [`Law: ${under.join(', ')}, as law stands on ${onDate}, for episodes of any date`] : []),
    ...breaks.map(
      (one) => `Break: ${one.on}: ${one.under} changed; what happened before and after came about under different law`,
    ),
    `Caveat: ${caveat}`,
  ];
}
