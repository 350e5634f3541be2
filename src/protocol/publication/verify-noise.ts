import { canonicalJson } from '../canonical-json.js';
import { datasetNoise, type NoisyDataset } from '../picture/index.js';
import { milliOf, PRIVACY_DELTA, epsilonOf, statedNoise } from '../privacy/index.js';
import type { Json } from '../statement/index.js';
import { LogFault } from '../transparency/index.js';
import {
  costOfTable,
  type DeclaredCodes,
  MOST_COMBINATIONS,
  MOST_PRIVATE_CELLS,
  type PrivateMethod,
} from './private-method.js';
import type { PublicationDocument, PublishedTable } from './publication-document.js';

/** What a publication with noise states of it, computed again. */
export interface ProvenNoise {
  readonly rhoMicro: number;
  /** Of the whole publication, in thousandths, at δ `PRIVACY_DELTA`. */
  readonly epsilonMilli: number;
  readonly tables: readonly { readonly cells: number; readonly halfWidth95: number }[];
}

/**
 * Computes again what a document states of its noise: that the tables share its cost evenly, that variance, width and ε are those of cost and bound, that there is a number in every cell, and that codes
 * are those that were declared. Null for a document without noise. Throws `LogFault` WRONG_ENTRY. That the hub drew the noise, and kept to the bound when it counted, no document can prove.
 */
export function verifyNoise(document: Json): ProvenNoise | null {
  return holding(['document', 'rule'], () => provenNoise(document as unknown as PublicationDocument<NoisyDataset>)); // parsing: whatever does not fit is found
}

function provenNoise({ rule, tables }: PublicationDocument<NoisyDataset>): ProvenNoise | null {
  if (rule.method.name !== 'differential-privacy') return null;
  const { method, figures } = rule;
  const { rhoMicro, combinations = 1 } = method;
  const proven = tables.map((table, at) =>
    holding(['document', 'tables', String(at)], () => tableNoise(table, { ...method, combinations }, tables.length)),
  );
  const epsilonMilli = milliOf(epsilonOf(rhoMicro, PRIVACY_DELTA));
  const stated = [figures['rhoMicro'], figures['epsilonMilli'], figures['combinationsPerPerson']];
  if (!sameJson(stated, [rhoMicro, epsilonMilli, combinations])) throw new RangeError('figures that do not follow');
  return { rhoMicro, epsilonMilli, tables: proven };
}

function tableNoise(
  { request, dataset }: PublishedTable<NoisyDataset>,
  { rhoMicro, combinations, codes = [] }: PrivateMethod & { readonly combinations: number },
  tables: number,
): ProvenNoise['tables'][number] {
  const { noise } = dataset.extension;
  const { cellsPerPerson } = noise;
  const contribution = { cellsPerPerson, alertsPerPerson: 1 };
  const computed = statedNoise({ rhoMicro: costOfTable(rhoMicro, tables), contribution });
  const cells = dataset.size.reduce((product, size) => product * size, 1);
  const holds =
    combinations <= MOST_COMBINATIONS &&
    cellsPerPerson % combinations === 0 &&
    sameJson(noise, datasetNoise(computed, combinations)) &&
    cells <= MOST_PRIVATE_CELLS &&
    dataset.value.length === cells &&
    dataset.value.every((number) => Number.isSafeInteger(number)) &&
    codes.every((one) => hasDeclared(one, request.by ?? [], dataset.dimension));
  if (!holds) throw new RangeError('the noise that is stated is not that of cost, bound and domain');
  return { cells, halfWidth95: computed.halfWidth95 };
}

/** Whether a table that has the dimension has exactly the codes that were declared of it, and what is unknown or other. */
function hasDeclared({ dimension, anyOf }: DeclaredCodes, by: readonly string[], dimensions: object): boolean {
  if (!by.includes(dimension)) return true;
  const nodes = dimensions as Readonly<Record<string, { readonly category: { readonly index: readonly string[] } }>>; // parsing
  const index = nodes[dimension.toLowerCase()]?.category.index ?? [];
  const rest = index.slice(anyOf.length).join(' ');
  return sameJson(index.slice(0, anyOf.length), anyOf) && ['', 'UNKNOWN', 'OTHER', 'UNKNOWN OTHER'].includes(rest);
}

/** What has another shape than it should does not hold either. */
function holding<T>(path: readonly string[], step: () => T): T {
  try {
    return step();
  } catch (cause) {
    if (cause instanceof LogFault) throw cause;
    throw new LogFault(
      'WRONG_ENTRY',
      'What is stated of the noise is not what follows from cost, bound and domain.',
      'Rely on nothing in it, and tell the other members: the hub signed it.',
      path,
      { cause },
    );
  }
}

function sameJson(one: unknown, other: unknown): boolean {
  return canonicalJson(one as Json) === canonicalJson(other as Json); // parsing: whatever is no JSON throws
}
