import type { CountedClass } from './counted-class.js';
import { alertsIn, type CorePiece, type FacetPiece } from './piece.js';
import { besideLessAndLess } from './regions.js';
import { safeParts } from './safe-to-show.js';

/** Of more kinds of alerts than this it does not matter by which attribute they are parted first: they are by all in the end. */
const MANY = 500;

const MEANS: ValueOf = (one) => one.facets.law[0];
const CASE: ValueOf = (one) => one.legalCase;

/** By what a piece of the core is parted: a verdict, the means, or the whole case. */
type ValueOf = (one: CountedClass) => string | undefined;

/** In which share of laws alerts have to agree to be shown beside so much of the core; else they are counted with more of their kind, beside less. */
const AGREED = 0.7;

/**
 * Parts alerts by how laws judge them, beside as much of the core as they agree in. All verdicts go into one partition, because what one law says of an alert may follow from what another does: numbers of two
 * partitions put together could show few. It is made by the verdict after which most are alike, then by the next, as long as all parts are safe (K. LeFevre, D. DeWitt, R. Ramakrishnan: "Mondrian", ICDE 2006);
 * what the alerts of a part do not have in common is withheld.
 */
export function lawPieces<C extends CountedClass>(core: readonly CorePiece<C>[], threshold: number): FacetPiece<C>[] {
  const parts = core[0]?.classes[0]?.facets.law.length ?? 0;
  const verdicts = Array.from(
    { length: Math.max(0, parts - 1) },
    (_, at): ValueOf =>
      (one) =>
        one.facets.law[at + 1],
  );
  const isShown = (classes: readonly C[]): boolean =>
    verdicts.filter((valueOf) => isUniform(classes, valueOf)).length >= AGREED * verdicts.length;
  const { pieces, left } = besideLessAndLess(core, (region) => {
    const alike = parted(region, verdicts, threshold);
    return { shown: alike.filter(isShown), others: alike.filter((part) => !isShown(part)).flat() };
  });
  const rest =
    left.length === 0 ? [] : parted(left, verdicts, threshold).map((classes) => ({ beside: [], key: {}, classes }));
  return [...pieces, ...rest].flatMap(({ beside, key, classes }) =>
    [MEANS, CASE]
      .reduce((shown, attribute) => shown.flatMap((part) => parted(part, [attribute], threshold)), [classes])
      .map((part) => ({ facet: 'law', beside, key, value: inCommon(part, parts), classes: part })),
  );
}

/** Parts alerts by one attribute after the other until no attribute parts them safely. */
function parted<C extends CountedClass>(
  classes: readonly C[],
  attributes: readonly ValueOf[],
  threshold: number,
): (readonly C[])[] {
  const done: (readonly C[])[] = [];
  const waiting: (readonly C[])[] = [classes];
  for (let piece = waiting.pop(); piece; piece = waiting.pop()) {
    const parts = bestParts(piece, attributes, threshold);
    if (parts) for (const part of parts) waiting.push(part);
    else done.push(piece);
  }
  return done;
}

/** The safe parts after which most alerts are alike in most attributes; null when there are none. */
function bestParts<C extends CountedClass>(
  classes: readonly C[],
  attributes: readonly ValueOf[],
  threshold: number,
): (readonly C[])[] | null {
  let best: { readonly alike: number; readonly parts: (readonly C[])[] } | null = null;
  for (const valueOf of attributes) {
    if (isUniform(classes, valueOf)) continue;
    const { shown, others } = safeParts(classes, valueOf, threshold);
    const parts = others.length === 0 ? [...shown] : [...shown, others];
    if (parts.length < 2) continue;
    const alike = likeness(parts, classes.length > MANY ? [valueOf] : attributes);
    if (alike > (best?.alike ?? 0)) best = { alike, parts };
  }
  return best?.parts ?? null;
}

/** In how many attributes how many alerts are like all in their part. */
function likeness(parts: readonly (readonly CountedClass[])[], attributes: readonly ValueOf[]): number {
  return parts.reduce(
    (sum, part) => sum + alertsIn(part) * attributes.filter((valueOf) => isUniform(part, valueOf)).length,
    0,
  );
}

function isUniform(classes: readonly CountedClass[], valueOf: ValueOf): boolean {
  const [first, ...rest] = classes;
  return first === undefined || rest.every((one) => valueOf(one) === valueOf(first));
}

function inCommon(classes: readonly CountedClass[], parts: number): (string | null)[] {
  return Array.from({ length: parts }, (_, at) => {
    const [first, ...rest] = classes.map(({ facets }) => facets.law[at]);
    return first !== undefined && rest.every((value) => value === first) ? first : null;
  });
}
