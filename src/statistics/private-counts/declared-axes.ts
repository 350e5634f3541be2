import { ELAPSED_BANDS } from '../../alerts/index.js';
import type { OntologyService } from '../../ontology/index.js';
import { ALERT_KINDS, MEMBER_KINDS, Refusal } from '../../protocol/index.js';
import { MOST_DECLARED_CODES, type PrivateMethod } from '../../protocol/publication/index.js';
import { type PictureDimension, placeOf } from '../picture/dimension.js';
import { isCodeOf, type PictureRequest } from '../picture/picture-request.js';
import { allRegions, regionWithin } from '../picture/regions.js';
import { Axis, type DeclaredAxis } from './axis.js';
import { isPeriodDimension, periodsWithin } from './periods.js';

/** What a verdict can be. */
export const VERDICTS = ['MET', 'NOT_MET', 'UNDETERMINED'] as const;

/** Dimensions whose codes are few and known, and are no concepts. */
const PLAIN: Readonly<Partial<Record<PictureDimension, readonly string[]>>> = {
  KIND: ALERT_KINDS.filter((kind) => kind !== 'pattern'), // which is about no person
  SENDER_KIND: MEMBER_KINDS,
  TIME_TO_FLAG: ELAPSED_BANDS,
  TIME_TO_RETRAFFICKING: ELAPSED_BANDS,
};

/** Reads the axes of a table's domain off what was asked, never off the data: its dimensions in their order, then the verdict where there is a law. Throws `Refusal`: ARGUMENT_INVALID, UNKNOWN_CODE. */
export function declaredAxes(
  request: Pick<PictureRequest, 'by' | 'under' | 'from' | 'until'>,
  { codes = [] }: Pick<PrivateMethod, 'codes'>,
  ontology: OntologyService,
): Axis[] {
  const axes = request.by.map((dimension) => {
    const at = codes.findIndex((one) => one.dimension === dimension);
    const named = codes[at]?.anyOf;
    if (named) assertNamed(dimension, named, ontology, ['method', 'codes', String(at), 'anyOf']);
    return new Axis(declared(dimension, named, request, ontology));
  });
  return request.under.length === 0
    ? axes
    : [...axes, new Axis({ codes: VERDICTS, above: alone, hasOthers: false, hasUnknown: false })];
}

function declared(
  dimension: PictureDimension,
  named: readonly string[] | undefined,
  { from, until }: Pick<PictureRequest, 'from' | 'until'>,
  ontology: OntologyService,
): DeclaredAxis {
  const { codes } = placeOf(dimension);
  if (typeof codes === 'object') {
    const all = ontology.concepts.filter(({ scheme }) => scheme === codes.scheme).map(({ id }) => id);
    return within(named ?? all, all, (code) => conceptWithin(code, ontology));
  }
  if (codes === 'region') return within(named ?? allRegions(), allRegions(), regionWithin);
  // An episode of a year that is not known is in no period.
  const hasUnknown = dimension !== 'YEAR' || (from === null && until === null);
  if (named) return { codes: named, above: alone, hasOthers: true, hasUnknown };
  if (isPeriodDimension(dimension) && from !== null && until !== null)
    return { codes: periodsWithin(dimension, from, until), above: alone, hasOthers: false, hasUnknown };
  const plain = PLAIN[dimension];
  if (plain) return { codes: plain, above: alone, hasOthers: false, hasUnknown: true };
  throw new Refusal(
    'ARGUMENT_INVALID',
    'The codes of a dimension are not declared. Cells must not come from the data: that one is there would tell that somebody is in it.',
    'Name the codes of countries, and from and until or the codes of periods.',
    ['method', 'codes'],
  );
}

/** Declared codes of some that all are known. */
function within(codes: readonly string[], all: readonly string[], above: DeclaredAxis['above']): DeclaredAxis {
  const there = new Set(codes);
  return { codes, above, hasOthers: all.some((code) => !above(code).some((one) => there.has(one))), hasUnknown: true };
}

/** A concept with all of its scheme that follow from it: what is broader, and what is implied by way of other schemes. */
function conceptWithin(code: string, ontology: OntologyService): readonly string[] {
  const scheme = ontology.findConcept(code)?.scheme;
  const seen = new Set([code]);
  for (const one of seen) {
    const concept = ontology.findConcept(one);
    for (const next of [...(concept?.broader ?? []), ...(concept?.implies ?? [])]) seen.add(next);
  }
  return [...seen].filter((one) => ontology.findConcept(one)?.scheme === scheme);
}

function alone(code: string): readonly string[] {
  return [code];
}

function assertNamed(
  dimension: PictureDimension,
  codes: readonly string[],
  ontology: OntologyService,
  path: readonly string[],
): void {
  if (codes.length === 0 || codes.length > MOST_DECLARED_CODES || new Set(codes).size < codes.length)
    throw new Refusal(
      'ARGUMENT_INVALID',
      'The declared codes are too many, none, or one is there twice.',
      `Name 1 to ${MOST_DECLARED_CODES} different ones.`,
      path,
    );
  const unknown = codes.findIndex((code) => !isCodeOf(dimension, code, ontology));
  if (unknown >= 0)
    throw new Refusal('UNKNOWN_CODE', 'There is no such code in this dimension.', 'See the schema and the ontology.', [
      ...path,
      String(unknown),
    ]);
}
