import type { Engine, PreparedCase } from '../../protocol/definition/index.js';
import type { KnownFacts } from '../../protocol/index.js';

/** What definitions ask about. The rest (sector, method of control, indicators) has been followed to what it implies by then. */
const LEGAL_SCHEMES: ReadonlySet<string> = new Set(['act', 'means', 'purpose', 'age', 'movement']);

/** The scheme of a concept: what stands before the slash. */
export function schemeOf(concept: string): string {
  return concept.slice(0, concept.indexOf('/'));
}

/** As much of a case as laws ask about, with all that follows from it. It is judged as the case is: of choices, whatever they are between may settle something. */
export function legalFacts(engine: Engine, prepared: PreparedCase, { oneOf }: KnownFacts): KnownFacts {
  const chosen = new Set(oneOf.flat());
  const isLegal = (concept: string): boolean => LEGAL_SCHEMES.has(schemeOf(concept));
  return {
    present: engine.presentIn(prepared).filter(isLegal).sort(),
    absent: engine
      .absentIn(prepared)
      .filter((concept) => isLegal(concept) || chosen.has(concept))
      .sort(),
    oneOf,
  };
}
