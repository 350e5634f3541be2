/** JSON as it was parsed. */
type Node = Readonly<Record<string, unknown>>;

const DATASET = ['version', 'class', 'label', 'source', 'updated', 'note', 'id', 'size', 'role', 'dimension', 'value'];
const ALSO = ['status', 'href', 'link', 'extension', 'error'];
const DIMENSION = ['label', 'category', 'note', 'href', 'link', 'extension'];
const CATEGORY = ['index', 'label', 'unit', 'child', 'note', 'coordinates'];
const UNIT = ['label', 'decimals', 'symbol', 'position', 'type', 'base', 'multiplier'];
const ISO_8601 = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?)?)?$/;

/** Every breach of the rules of JSON-stat 2.0 (json-stat.org/full) in a dataset, with what the format only recommends taken as a rule. */
export function breachesOfJsonStat(text: string): string[] {
  const dataset = node(JSON.parse(text));
  const [id, size] = [list(dataset['id']), list(dataset['size'])];
  const dimensions = node(dataset['dimension']);
  const cells = size.reduce<number>((product, one) => product * Number(one), 1);
  const value = list(dataset['value']);
  const status = node(dataset['status']);
  const { updated } = dataset;
  return [
    ...unknown('dataset', dataset, [...DATASET, ...ALSO]),
    ...unless(dataset['version'] === '2.0', 'version is not 2.0'),
    ...unless(dataset['class'] === 'dataset', 'class is not dataset'),
    ...['label', 'source'].flatMap((one) => unless(typeof dataset[one] === 'string', `${one} is no string`)),
    ...unless(updated === undefined || (typeof updated === 'string' && ISO_8601.test(updated)), 'updated is no time'),
    ...unless(isStrings(dataset['note']), 'note is no list of strings'),
    ...unless(id.length > 0 && new Set(id).size === id.length && isStrings(id), 'id is no list of different strings'),
    ...unless(size.length === id.length, 'size has not as many elements as id'),
    ...unless(same(Object.keys(dimensions), id), 'dimension has not the members that id names'),
    ...id.flatMap((one, at) => breachesOfDimension(String(one), node(dimensions[String(one)]), Number(size[at]))),
    ...breachesOfRole(node(dataset['role']), id),
    ...unless(value.length === cells, 'value has not as many elements as size has cells'),
    ...unless(
      value.every((one) => one === null || (typeof one === 'number' && Number.isFinite(one))),
      'a value is no number',
    ),
    ...Object.entries(status).flatMap(([at, flag]) => [
      ...unless(/^(0|[1-9]\d*)$/.test(at) && Number(at) < cells, `status is of no cell: ${at}`),
      ...unless(typeof flag === 'string' && flag !== '', `status is no string: ${at}`),
    ]),
  ];
}

function breachesOfDimension(name: string, dimension: Node, size: number): string[] {
  const category = node(dimension['category']);
  const [index, labels, units] = [list(category['index']), node(category['label']), node(category['unit'])];
  return [
    ...unknown(name, dimension, DIMENSION),
    ...unknown(`${name}.category`, category, CATEGORY),
    ...unless(typeof dimension['label'] === 'string', `${name} has no label`),
    ...unless(dimension['note'] === undefined || isStrings(dimension['note']), `${name} has notes that are no strings`),
    ...unless(
      isStrings(index) && new Set(index).size === index.length,
      `${name} has categories that are not different`,
    ),
    ...unless(index.length === size, `${name} has not as many categories as size says`),
    ...unless(same(Object.keys(labels), index), `${name} has not a label for each category`),
    ...unless(isStrings(Object.values(labels)), `${name} has a label that is no string`),
    ...Object.entries(units).flatMap(([one, unit]) => [
      ...unless(index.includes(one), `${name} has a unit of no category: ${one}`),
      ...unknown(`${name}.unit.${one}`, node(unit), UNIT),
      ...unless(Number.isInteger(node(unit)['decimals']), `${name} has a unit without decimals: ${one}`),
    ]),
  ];
}

function breachesOfRole(role: Node, id: readonly unknown[]): string[] {
  const named = Object.values(role).flatMap(list);
  return [
    ...unknown('role', role, ['time', 'geo', 'metric']),
    ...unless(
      Object.values(role).every((one) => list(one).length > 0),
      'a role is empty',
    ),
    ...unless(new Set(named).size === named.length, 'a dimension has two roles'),
    ...named.flatMap((one) => unless(id.includes(one), `a role names no dimension: ${String(one)}`)),
  ];
}

function unknown(where: string, given: Node, known: readonly string[]): string[] {
  return Object.keys(given).flatMap((one) =>
    unless(known.includes(one), `${where} has a member of no meaning: ${one}`),
  );
}

function unless(holds: boolean, breach: string): string[] {
  return holds ? [] : [breach];
}

function same(names: readonly string[], ids: readonly unknown[]): boolean {
  return names.length === ids.length && names.every((one) => ids.includes(one));
}

function isStrings(given: unknown): boolean {
  return Array.isArray(given) && given.every((one) => typeof one === 'string');
}

function list(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given : [];
}

function node(given: unknown): Node {
  return typeof given === 'object' && given !== null && !Array.isArray(given)
    ? Object.fromEntries(Object.entries(given))
    : {};
}
