import type { OntologyService } from '../../ontology/index.js';
import { type PictureDimension, placeOf } from './dimension.js';
import type { PictureKey, TalliedRow } from './picture-row.js';
import { combinations, compare, mostRows, rowName } from './tabulate.js';

/** A table that lists more combinations is not read by anybody. */
const MOST_LISTED = 2_000;

/**
 * The rows with those of which nothing is shown, so that a row that is missing tells nothing: of each scheme all codes, else those that are shown anywhere in the table. `isWhole` says whether
 * there are no other codes.
 */
export function filledRows(
  rows: readonly TalliedRow[],
  by: readonly PictureDimension[],
  laws: number,
  ontology: OntologyService,
): { readonly rows: readonly TalliedRow[]; readonly isWhole: boolean } {
  const codes = by.map((dimension, at) => codesOf(dimension, rows, at, ontology));
  const most = Math.min(MOST_LISTED, mostRows(laws));
  if (codes.reduce((product, list) => product * list.length, 1) > most) return { rows, isWhole: false };
  const there = new Set(rows.map(({ keys }) => rowName(keys)));
  const none = { MET: 0, NOT_MET: 0, UNDETERMINED: 0, WITHHELD: 0 };
  const verdicts = Array.from({ length: laws }, () => none);
  const missing = combinations(codes)
    .filter((keys) => !there.has(rowName(keys)))
    .map((keys) => ({ keys, alerts: 0, withdrawn: 0, persons: 0, verdicts }));
  return {
    rows: [...rows, ...missing].sort((a, b) => compare(a.keys, b.keys)),
    isWhole: by.every((dimension) => typeof placeOf(dimension).codes === 'object'),
  };
}

function codesOf(
  dimension: PictureDimension,
  rows: readonly TalliedRow[],
  at: number,
  ontology: OntologyService,
): PictureKey[] {
  const { codes } = placeOf(dimension);
  const shown = new Map<string, PictureKey>();
  if (typeof codes === 'object')
    for (const { id, scheme } of ontology.concepts)
      if (scheme === codes.scheme) shown.set(id, { dimension, state: 'KNOWN', code: id });
  for (const { keys } of rows) {
    const key = keys[at];
    if (key) shown.set(rowName([key]), key);
  }
  return [...shown.values()];
}
