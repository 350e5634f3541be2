import type { CountedClass } from './counted-class.js';
import { alertsIn, type CorePiece, type FacetPiece } from './piece.js';
import { safeParts } from './safe-to-show.js';

/** By what a piece of the core is parted: a verdict, the means, or the whole case. */
type ValueOf = (one: CountedClass) => string | undefined;

/**
 * Parts a piece of the core by how laws judge its alerts. All verdicts go into one partition, because what one law says of an alert may follow from what another does: numbers of two
 * partitions put together could show few. It is made by the verdict that is alike for most first, then by the next, as long as all parts are safe (K. LeFevre, D. DeWitt, R. Ramakrishnan: "Mondrian", ICDE 2006); what the
 * alerts of a part do not have in common is withheld.
 */
export function lawPieces<C extends CountedClass>({ key, classes }: CorePiece<C>, threshold: number): FacetPiece<C>[] {
  const parts = classes[0]?.facets.law.length ?? 0;
  const verdicts = Array.from(
    { length: Math.max(0, parts - 1) },
    (_, at): ValueOf =>
      (one) =>
        one.facets.law[at + 1],
  );
  const means: ValueOf = (one) => one.facets.law[0];
  const whole: ValueOf = (one) => one.legalCase;
  let pieces: (readonly C[])[] = [classes];
  for (const attributes of [verdicts, [means], [whole]])
    pieces = pieces.flatMap((piece) => parted(piece, attributes, threshold));
  return pieces.map((piece) => ({ facet: 'law', beside: null, key, value: inCommon(piece, parts), classes: piece }));
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
    if (parts) waiting.push(...parts);
    else done.push(piece);
  }
  return done;
}

/** The safe parts by the attribute in which most alerts come to be alike; null when there is none. */
function bestParts<C extends CountedClass>(
  classes: readonly C[],
  attributes: readonly ValueOf[],
  threshold: number,
): (readonly C[])[] | null {
  let best: { readonly alike: number; readonly parts: (readonly C[])[] } | null = null;
  for (const valueOf of attributes) {
    const [first, ...rest] = classes;
    if (!first || rest.every((one) => valueOf(one) === valueOf(first))) continue;
    const { shown, others } = safeParts(classes, valueOf, threshold);
    const parts = others.length === 0 ? [...shown] : [...shown, others];
    const alike = shown.reduce((sum, part) => sum + alertsIn(part), 0);
    if (parts.length > 1 && alike > (best?.alike ?? 0)) best = { alike, parts };
  }
  return best?.parts ?? null;
}

function inCommon(classes: readonly CountedClass[], parts: number): (string | null)[] {
  return Array.from({ length: parts }, (_, at) => {
    const [first, ...rest] = classes.map(({ facets }) => facets.law[at]);
    return first !== undefined && rest.every((value) => value === first) ? first : null;
  });
}
