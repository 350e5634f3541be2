import type { PictureCountAnswer, PictureKeyAnswer, PictureQuestion, PictureTableAnswer } from './picture-table.js';
import { breaksSeries } from './broken-series.js';
import { columnOf, wordsOf, type DimensionWords } from './dimension-words.js';
import { exportedTable, type ExportedTable } from './exported-table.js';
import { measureColumn, measureUnit, measureWords } from './measures.js';
import { TableFault } from './table-fault.js';
import { listStatements, statementsOf } from './table-statements.js';

/** A cube has a cell for each combination, listed or not; beyond this many no program that reads it is served. */
const MOST_CELLS = 1_000_000;
const METRIC = 'measure';
/** As Eurostat’s JSON-stat flags them; its own lists have written the first as C since 2025. */
const STATUS = {
  c: 'confidential: the number is too small to be shown',
  b: 'break in time series: the law changed within the period',
};

interface Dimension {
  readonly id: string;
  readonly role: DimensionWords['role'] | 'metric';
  readonly label: string;
  readonly note?: readonly string[];
  /** Ids of the categories, in their order, with what they are called. */
  readonly categories: ReadonlyMap<string, string>;
  /** Of what the numbers of each category are, of the metric alone. */
  readonly units?: ReadonlyMap<string, string>;
}

interface Cell {
  readonly value: number | null;
  readonly status: keyof typeof STATUS | null;
}

/** A JSON-stat dataset as it is written. */
export type JsonStatDataset = ReturnType<typeof jsonStatDataset>;

/**
 * A table of the picture as a JSON-stat 2.0 dataset: the dimensions asked for, and `measure` (alerts, persons, and how the alerts come out under each law) as the last. What is not known and what is withheld are
 * categories of their own. A number that is too small is null with the status `c`. Throws `TableFault`: NOT_UNDERSTOOD; TOO_LARGE when it would have more than `mostCells`.
 */
export function jsonStatDataset(question: PictureQuestion, answer: PictureTableAnswer, mostCells = MOST_CELLS) {
  const table = exportedTable(question, answer);
  const statements = statementsOf(table, () => 'is null with the status c');
  const dimensions = [...question.by.map((one, at) => dimensionOf(one, at, table)), metricOf(table)];
  const cells = cellsOf(table, dimensions, mostCells);
  return {
    version: '2.0',
    class: 'dataset',
    label: statements.title,
    source: statements.source,
    ...(statements.asOf === null ? {} : { updated: statements.asOf }),
    note: listStatements(statements)
      .filter(([name]) => name !== 'Title' && name !== 'Source')
      .map(([name, text]) => `${name}: ${text}`),
    id: dimensions.map(({ id }) => id),
    size: dimensions.map(({ categories }) => categories.size),
    role: rolesOf(dimensions),
    dimension: Object.fromEntries(dimensions.map((dimension) => [dimension.id, dimensionNode(dimension)])),
    value: cells.map(({ value }) => value),
    status: Object.fromEntries(cells.flatMap(({ status }, at) => (status === null ? [] : [[String(at), status]]))),
    extension: {
      lang: question.language,
      status: { label: STATUS },
      question,
      threshold: answer.threshold,
      rounding: answer.rounding,
      lawsOn: answer.onDate,
      total: Object.fromEntries(table.measures.map((one, at) => [measureColumn(one), table.total.counts[at]])),
      breaks: answer.breaks,
      statements,
    },
  };
}

function dimensionOf(dimension: string, at: number, { rows }: ExportedTable): Dimension {
  const { title, role, codes } = wordsOf(dimension);
  const keys = new Map<string, PictureKeyAnswer>();
  for (const row of rows) {
    const key = row.keys[at];
    if (key) keys.set(categoryOf(key), key);
  }
  const sorted = [...keys].sort(([a, one], [b, other]) => rank(one) - rank(other) || (a < b ? -1 : 1));
  return {
    ...{ id: columnOf(dimension), role, label: title, note: [`Codes: ${codes}.`] },
    categories: new Map(sorted.map(([id, { label }]) => [id, label])),
  };
}

function metricOf({ measures }: ExportedTable): Dimension {
  return {
    ...{ id: METRIC, role: 'metric', label: 'what is counted' },
    categories: new Map(measures.map((measure) => [measureColumn(measure), measureWords(measure)])),
    units: new Map(measures.map((measure) => [measureColumn(measure), measureUnit(measure)])),
  };
}

function dimensionNode({ label, note, categories, units }: Dimension) {
  const ids = [...categories.keys()];
  return {
    label,
    ...(note === undefined ? {} : { note }),
    category: {
      index: ids,
      label: Object.fromEntries(categories),
      ...(units === undefined
        ? {}
        : { unit: Object.fromEntries([...units].map(([id, unit]) => [id, { label: unit, decimals: 0 }])) }),
    },
  };
}

function rolesOf(dimensions: readonly Dimension[]) {
  const roles = (['time', 'geo', 'metric'] as const).map(
    (role) => [role, dimensions.filter((one) => one.role === role).map(({ id }) => id)] as const,
  );
  return Object.fromEntries(roles.filter(([, ids]) => ids.length > 0));
}

/** All cells, the last dimension fastest. */
function cellsOf(
  { rows, measures, answer }: ExportedTable,
  dimensions: readonly Dimension[],
  mostCells: number,
): readonly Cell[] {
  const size = dimensions.reduce((product, { categories }) => product * categories.size, 1);
  if (size > mostCells)
    throw new TableFault(
      'TOO_LARGE',
      'The cube has too many cells for JSON-stat, which has one for each combination.',
      'Name fewer dimensions, or conditions; or take CSV or SDMX-CSV, which list what there is.',
    );
  const places = dimensions.map(({ categories }) => new Map([...categories.keys()].map((id, at) => [id, at])));
  const cells = Array.from({ length: size }, () => cellOf(answer.others, false));
  for (const { keys, counts } of rows) {
    const start = keys.reduce(
      (before, key, at) => before * (places[at]?.size ?? 1) + (places[at]?.get(categoryOf(key)) ?? 0),
      0,
    );
    for (const [at, measure] of measures.entries())
      cells[start * measures.length + at] = cellOf(counts[at] ?? null, breaksSeries(measure, keys, answer));
  }
  return cells;
}

/** Of what the hub says nothing, nothing is said: JSON-stat has that as null without a status. */
function cellOf(count: PictureCountAnswer | null, isBreak: boolean): Cell {
  if (count === null) return { value: null, status: null };
  return { value: count.count, status: count.count === null ? 'c' : isBreak ? 'b' : null };
}

function categoryOf({ state, code }: PictureKeyAnswer): string {
  return code ?? state;
}

function rank({ state }: PictureKeyAnswer): number {
  return ['KNOWN', 'UNKNOWN', 'WITHHELD'].indexOf(state);
}
