import fc from 'fast-check';
import { CORE_DIMENSIONS, type CountedClass, FACETS } from '../../../src/statistics/disclosure/counted-class.js';
import type { Domain } from './attacker.js';

/** What drawn alerts may say. Small, so that the attacker can look at every combination. */
export const DOMAIN: Domain = {
  core: { year: ['2024', '2025'], exploitation: ['AL', 'NL', ''], purpose: ['labour', 'sexual'] },
  facets: {
    law: [
      ['deception', 'met', 'met'],
      ['deception', 'open', 'met'],
      ['force', 'met', 'met'],
      ['', 'open', 'not met'],
      ['', 'open', 'met'],
    ],
    control: [['documents'], ['debt'], ['']],
  },
};

interface Drawn {
  readonly choices: readonly number[];
  readonly sender: number;
  readonly alerts: number;
  /** How many of them are about persons of other alerts. */
  readonly known: number;
}

const SENDERS = ['aa-one', 'bb-two', 'cc-three'];

/** Some alerts by class. How skewed they are is drawn, too: small numbers beside large ones are what an attacker looks for. */
export const drawnAlerts: fc.Arbitrary<CountedClass[]> = fc
  .tuple(fc.constantFrom(1, 3, 8, 20), fc.integer({ min: 1, max: 3 }))
  .chain(([most, senders]) =>
    fc.array(
      fc.record({
        choices: fc.tuple(...[2, 3, 2, 5, 3].map((values) => skewed(values))),
        sender: skewed(senders),
        alerts: fc.integer({ min: 1, max: most }),
        known: fc.oneof(
          { weight: 4, arbitrary: fc.constant(0) },
          { weight: 1, arbitrary: fc.integer({ min: 0, max: most }) },
        ),
      }),
      { minLength: 8, maxLength: 90 },
    ),
  )
  .map((drawn) => classesOf(drawn));

/** The first is drawn most often. */
function skewed(values: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: values - 1 }) },
  );
}

function classesOf(drawn: readonly Drawn[]): CountedClass[] {
  const byKey = new Map<string, CountedClass>();
  for (const { choices, sender, alerts, known } of drawn) {
    const key = JSON.stringify([choices, sender]);
    const before = byKey.get(key) ?? { alerts: 0, persons: 0 };
    const persons = before.persons + Math.max(0, alerts - known);
    byKey.set(key, classOf(choices, SENDERS[sender] ?? '', before.alerts + alerts, persons));
  }
  return [...byKey.values()];
}

function classOf(choices: readonly number[], sender: string, alerts: number, persons: number): CountedClass {
  const { core, facets } = DOMAIN;
  const chosen = <T>(values: readonly T[] | undefined, at: number, none: T): T => values?.[choices[at] ?? -1] ?? none;
  return {
    sender,
    core: {
      ...filled(CORE_DIMENSIONS, ''),
      year: chosen(core.year, 0, ''),
      exploitation: chosen(core.exploitation, 1, ''),
      purpose: chosen(core.purpose, 2, ''),
    },
    facets: {
      ...filled([...FACETS, 'recurrence'], ['']),
      law: chosen(facets.law, 3, ['']),
      control: chosen(facets.control, 4, ['']),
    },
    legalCase: chosen(facets.law, 3, ['']).join(' '),
    alerts,
    persons,
  };
}

function filled<K extends string, V>(keys: readonly K[], value: V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value])) as Record<K, V>; // parsing: all the keys are there
}
