import fc from 'fast-check';
import {
  type CaseFacts,
  compileOntology,
  type Concept,
  type DefinitionElement,
  type DefinitionFile,
  type Engine,
  type Verdict,
} from '../../../src/protocol/definition/index.js';

/** A day on which every drawn variant without an end is law. */
export const TODAY = '2026-11-23';

const IDS = [
  ...['act/a', 'act/b', 'means/c', 'means/d', 'means/e', 'purpose/f', 'purpose/g'],
  ...['purpose/other-exploitation', 'age/under-18', 'age/under-21'],
] as const;

export function concept(id: string, broader: readonly string[] = [], implies: readonly string[] = []): Concept {
  const scheme = id.slice(0, id.indexOf('/'));
  return {
    id,
    scheme,
    label: { en: id },
    definition: { en: id },
    broader,
    implies,
    source: ['made up'],
    ictip: null,
    line: 1,
  };
}

export function element(kind: DefinitionElement['element'], ...anyOf: readonly string[]): DefinitionElement {
  return { element: kind, anyOf, waivedUnder: null, open: false };
}

/** A law of variants `<LAW>-1`, `<LAW>-2` and so on, all of which count and are in force. */
export function law(code: string, ...variants: readonly (readonly DefinitionElement[])[]): DefinitionFile {
  return {
    ...{ law: code, label: { en: code }, version: 1, recorded: TODAY, confidence: 'high', lawAsAt: null },
    ...{ consentIrrelevant: null, sources: [], pendingReform: null, toConfirm: [], notes: null },
    variants: variants.map((elements, index) => ({
      ...{ id: `${code}-${index + 1}`, label: { en: code }, citation: 'made up', counts: true },
      ...{ valid: { from: null, to: null }, confidence: 'high', sources: [], toConfirm: [], elements },
    })),
  };
}

/** An ontology small enough to look at every case that could be. */
export interface DrawnOntology {
  readonly concepts: readonly Concept[];
  readonly laws: readonly DefinitionFile[];
  readonly engine: Engine;
  /** Every case that could be: each set of present concepts that is closed under what follows. */
  readonly worlds: readonly ReadonlySet<string>[];
}

const concepts: fc.Arbitrary<readonly Concept[]> = fc
  .array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 6 })
  .map((links) =>
    IDS.map((id, at) => {
      // Links lead to earlier concepts only, so that no cycle is drawn.
      const targets = links.flatMap(([from, to]) => (from === at && to < at ? (IDS[to] ?? []) : []));
      const unique = [...new Set([...targets, ...(id === 'age/under-18' ? ['age/under-21'] : [])])];
      const same = (other: string) => other.split('/')[0] === id.split('/')[0];
      return concept(
        id,
        // The age limits keep their own order.
        unique.filter((other) => same(other) && (other !== 'age/under-18' || id !== 'age/under-21')),
        unique.filter((other) => !same(other)),
      );
    }),
  );

const elements: fc.Arbitrary<DefinitionElement> = fc
  .record({
    element: fc.constantFrom('act', 'means', 'purpose'),
    anyOf: fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1, maxLength: 3 }),
    waivedUnder: fc.constantFrom(null, null, 18, 21),
    open: fc.boolean(),
  })
  .map((drawn) => ({ ...drawn, open: drawn.open && drawn.element === 'purpose' }));

const variants = fc.array(fc.array(elements, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });

export const drawnOntology: fc.Arbitrary<DrawnOntology> = fc
  .tuple(concepts, variants, variants)
  .map(([drawn, first, second]) => {
    const laws = [law('AA', ...first), law('BB', ...second)];
    return { concepts: drawn, laws, engine: compileOntology(drawn, laws), worlds: worldsOf(drawn) };
  });

/** Facts that agree with a case; what is not drawn stays unknown. */
export function factsOf(world: ReadonlySet<string>): fc.Arbitrary<CaseFacts> {
  const there = IDS.filter((id) => world.has(id));
  const gone = IDS.filter((id) => !world.has(id));
  const clause = fc
    .tuple(fc.constantFrom(...(there.length > 0 ? there : IDS)), fc.subarray([...IDS], { maxLength: 3 }))
    .map(([one, more]) => [...new Set([one, ...more])]);
  return fc.record({
    present: fc.subarray(there, { maxLength: Math.min(3, there.length) }),
    absent: fc.subarray(gone),
    oneOf: there.length > 0 ? fc.array(clause, { maxLength: 2 }) : fc.constant([]),
  });
}

/** An ontology with facts of a case that could be. */
export const drawnCase = drawnOntology.chain((ontology) =>
  fc
    .constantFrom(...ontology.worlds)
    .chain((world) => fc.record({ ontology: fc.constant(ontology), world: fc.constant(world), facts: factsOf(world) })),
);

/** Facts that may contradict each other. */
export const anyFacts: fc.Arbitrary<CaseFacts> = fc.record({
  present: fc.subarray([...IDS], { maxLength: 3 }),
  absent: fc.subarray([...IDS], { maxLength: 4 }),
  oneOf: fc.array(fc.subarray([...IDS], { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
});

/** Whether a case agrees with facts. */
export function agrees(world: ReadonlySet<string>, { present, absent, oneOf }: CaseFacts): boolean {
  return (
    present.every((id) => world.has(id)) &&
    !absent.some((id) => world.has(id)) &&
    oneOf.every((clause) => clause.some((id) => world.has(id)))
  );
}

/** Whether a fully known case meets one of the variants, by the letter of the format. */
export function holds(world: ReadonlySet<string>, variants: DefinitionFile['variants']): boolean {
  return variants.some(({ elements: all }) =>
    all.every(
      ({ anyOf, waivedUnder, open }) =>
        anyOf.some((id) => world.has(id)) ||
        (waivedUnder !== null && world.has(`age/under-${waivedUnder}`)) ||
        (open && world.has('purpose/other-exploitation')),
    ),
  );
}

/** The facts of a fully known case. */
export function fullyKnown(world: ReadonlySet<string>): CaseFacts {
  return { present: [...world], absent: IDS.filter((id) => !world.has(id)), oneOf: [] };
}

/** Both facts added up. */
export function together(one: CaseFacts, other: CaseFacts): CaseFacts {
  return {
    present: [...one.present, ...other.present],
    absent: [...one.absent, ...other.absent],
    oneOf: [...one.oneOf, ...other.oneOf],
  };
}

/** The verdict on a law or variant from `judgeAll` alone. */
export function verdictOn({ engine }: DrawnOntology, facts: CaseFacts, variant: string): Verdict {
  const verdicts = engine.judgeAll(engine.prepare(facts));
  return engine.verdictOf(verdicts[engine.variants.findIndex(({ id }) => id === variant)]);
}

function worldsOf(all: readonly Concept[]): ReadonlySet<string>[] {
  const worlds: ReadonlySet<string>[] = [];
  for (let bits = 0; bits < 1 << all.length; bits++) {
    const world = new Set(all.filter((_, at) => (bits & (1 << at)) !== 0).map(({ id }) => id));
    const closed = all.every(
      ({ id, broader, implies }) => !world.has(id) || [...broader, ...implies].every((other) => world.has(other)),
    );
    if (closed) worlds.push(world);
  }
  return worlds;
}
