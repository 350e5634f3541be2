import type { Engine, PreparedCase } from '../../protocol/definition/index.js';
import type { KnownFacts } from '../../protocol/index.js';

/** What definitions ask about. The rest (sector, method of control, indicators) has been followed to what it implies by then. */
const LEGAL_SCHEMES: ReadonlySet<string> = new Set(['act', 'means', 'purpose', 'age', 'movement']);
/** More options say nothing any more. */
const MOST_OPTIONS = 40;

/** The scheme of a concept: what stands before the slash. */
export function schemeOf(concept: string): string {
  return concept.slice(0, concept.indexOf('/'));
}

/** As much of a case as laws ask about, with all that follows from it. It is judged as the case is. */
export function legalFacts(engine: Engine, prepared: PreparedCase, { oneOf }: KnownFacts): KnownFacts {
  const legal = (concept: string): boolean => LEGAL_SCHEMES.has(schemeOf(concept));
  return {
    present: engine.presentIn(prepared).filter(legal).sort(),
    absent: engine.absentIn(prepared).filter(legal).sort(),
    oneOf: oneOf.filter((clause) => clause.every(legal)),
  };
}

/**
 * What can be said of all of several cases. Less is known than of each, so that a verdict that stands here stands in each of them (Kleene's logic is monotonic); what is left open here may be
 * settled in any of them.
 */
export function commonFacts(
  cases: readonly KnownFacts[],
  broaderOf: (concept: string) => readonly string[],
): KnownFacts {
  const [first, ...others] = cases;
  if (!first) return { present: [], absent: [], oneOf: [] };
  if (others.length === 0) return first;
  const inAll = (lists: (one: KnownFacts) => readonly string[]): string[] => {
    const rest = others.map((one) => new Set(lists(one)));
    return lists(first).filter((concept) => rest.every((known) => known.has(concept)));
  };
  const present = inAll((one) => one.present);
  const known = new Set(present);
  const oneOf = [...LEGAL_SCHEMES].flatMap((scheme) => {
    const clause = optionsIn(scheme, cases, broaderOf);
    return clause && !clause.some((concept) => known.has(concept)) ? [clause] : [];
  });
  return { present, absent: inAll((one) => one.absent), oneOf };
}

/** Concepts of a scheme of which each case has one at least; null when a case is not known to have any. */
function optionsIn(
  scheme: string,
  cases: readonly KnownFacts[],
  broaderOf: (concept: string) => readonly string[],
): string[] | null {
  const options = new Set<string>();
  for (const { present, oneOf } of cases) {
    const own = present.filter((concept) => schemeOf(concept) === scheme);
    const clause = oneOf.find((one) => one.every((concept) => schemeOf(concept) === scheme));
    const wider = new Set(own.flatMap((concept) => broaderOf(concept)));
    const precise = own.filter((concept) => !wider.has(concept));
    const chosen = precise.length > 0 ? precise : clause;
    if (!chosen) return null;
    for (const concept of chosen) options.add(concept);
  }
  return options.size > 1 && options.size <= MOST_OPTIONS ? [...options].sort() : null;
}
