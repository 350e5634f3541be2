import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type CaseFacts,
  compileOntology,
  type Concept,
  type DefinitionFile,
  parseConceptFile,
  parseDefinitionFile,
} from '../../src/protocol/definition/index.js';
import { randomNumbers } from '../support/random-numbers.js';
import { naiveJudge } from './naive-engine.js';

/** The figures of one run, on one core. */
export interface EngineFigures {
  readonly name: string;
  /** Cases from raw facts to the verdict under every variant, a second. */
  readonly casesPerSecond: number;
  /** The same by walking the definitions as objects: the floor. */
  readonly floorCasesPerSecond: number;
  /** What is asked of the engine. */
  readonly wanted: number;
  readonly rows: {
    readonly cases: number;
    readonly variants: number;
    /** How many of the variants stand in the files; the rest are copies that make the load up. */
    readonly variantsInFiles: number;
    readonly laws: number;
    readonly concepts: number;
    /** Verdicts of the measured cases, so that one sees that there was something to judge. */
    readonly met: number;
    readonly notMet: number;
    readonly undetermined: number;
  };
}

const WANTED = 20_000;
const LEAST_VARIANTS = 90;
const CASES = 4_000;
const ROUNDS = 25;

/** Measures how many cases a second are judged under all definitions. Reads `schema/ontology` from the checkout. */
export function benchEngine(): Promise<EngineFigures> {
  const folder = new URL('schema/ontology/', pathToCheckout());
  const concepts = texts(folder, 'concepts').flatMap(({ name, text }) => parseConceptFile(text, name));
  const real = texts(folder, 'definitions').map(({ name, text }) => parseDefinitionFile(text, name, concepts));
  const laws = madeUp(real);
  const engine = compileOntology(concepts, laws);
  const cases = drawCases(concepts, CASES);

  const into = new Uint8Array(engine.variants.length);
  const judge = (facts: CaseFacts) => engine.judgeAll(engine.prepare(facts), into);
  const counts = [0, 0, 0];
  const naive = naiveJudge(concepts, laws);
  for (const facts of cases) {
    const verdicts = judge(facts);
    for (const code of verdicts) counts[code] = (counts[code] ?? 0) + 1;
  }
  // The floor has to give the same answers, or it is no floor.
  for (const facts of cases.slice(0, 300)) {
    const floor = naive(facts);
    judge(facts).forEach((code, ordinal) => {
      if (engine.verdictOf(code) !== floor[ordinal]) throw new Error('the engine and its floor differ');
    });
  }
  const casesPerSecond = perSecond(cases, ROUNDS, judge);
  const floorCasesPerSecond = perSecond(cases.slice(0, CASES / 10), 2, naive);
  const rows = {
    ...{ cases: CASES * ROUNDS, variants: engine.variants.length, laws: laws.length, concepts: concepts.length },
    variantsInFiles: real.reduce((sum, { variants }) => sum + variants.length, 0),
    ...{ notMet: counts[0] ?? 0, undetermined: counts[1] ?? 0, met: counts[2] ?? 0 },
  };
  return Promise.resolve({
    ...{
      name: 'verdicts of one case under all definitions',
      casesPerSecond,
      floorCasesPerSecond,
      wanted: WANTED,
      rows,
    },
  });
}

function perSecond(cases: readonly CaseFacts[], rounds: number, judge: (facts: CaseFacts) => unknown): number {
  const start = performance.now();
  for (let round = 0; round < rounds; round++) for (const facts of cases) judge(facts);
  return Math.round((cases.length * rounds * 1000) / (performance.now() - start));
}

/** The laws, with copies under other codes until there are enough variants. */
function madeUp(real: readonly DefinitionFile[]): readonly DefinitionFile[] {
  const laws = [...real];
  let variants = real.reduce((sum, file) => sum + file.variants.length, 0);
  for (let copy = 0; variants < LEAST_VARIANTS && real.length > 0; copy++) {
    const file = real[copy % real.length];
    if (!file) break;
    const code = `${file.law}#${copy}`;
    // A concept less in each list, so that the copies are other rules than their originals.
    const copies = file.variants.map((variant) => ({
      ...variant,
      id: `${code}-${variant.id}`,
      elements: variant.elements.map((element) => ({ ...element, anyOf: element.anyOf.slice(0, -1 - (copy % 2)) })),
    }));
    laws.push({ ...file, law: code, variants: copies });
    variants += copies.length;
  }
  return laws;
}

/** Cases as an import makes them: a few facts present, some absent, now and then clauses. The same at every run. */
export function drawCases(concepts: readonly Concept[], count: number): CaseFacts[] {
  const next = randomNumbers(20_261_123);
  const pick = (ids: readonly string[]) => ids[Math.floor(next() * ids.length)] ?? '';
  const some = (ids: readonly string[], most: number) =>
    Array.from({ length: Math.floor(next() * (most + 1)) }, () => pick(ids));
  const ofScheme = (...schemes: readonly string[]) =>
    concepts.flatMap(({ id, scheme }) => (schemes.includes(scheme) ? [id] : []));
  const [acts, means, purposes] = [ofScheme('act'), ofScheme('means', 'control'), ofScheme('purpose')];
  const ages = concepts.flatMap(({ id }) => (id.startsWith('age/under-') ? [id] : []));
  const engine = compileOntology(concepts, []);
  const cases: CaseFacts[] = [];
  while (cases.length < count) {
    const facts = {
      present: [...some(acts, 2), ...some(means, 3), ...some(purposes, 2), ...some(ages, 1)],
      absent: [...some(acts, 4), ...some(means, 6), ...some(purposes, 8), ...some(ages, 1)],
      oneOf: next() < 0.5 ? [] : [some(acts, 4), some(means, 6), some(purposes, 4)].filter(({ length }) => length > 1),
    };
    if (isPossible(() => engine.prepare(facts))) cases.push(facts);
  }
  return cases;
}

function isPossible(prepare: () => unknown): boolean {
  try {
    prepare();
    return true;
  } catch {
    return false;
  }
}

function texts(folder: URL, name: string): { name: string; text: string }[] {
  const within = new URL(`${name}/`, folder);
  return readdirSync(within)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({ name: file, text: readFileSync(new URL(file, within), 'utf8') }));
}

/** The checkout, from the source as from the build. */
function pathToCheckout(): URL {
  for (const up of ['../../', '../../../']) {
    const folder = new URL(up, import.meta.url);
    if (readdirSync(folder).includes('schema')) return folder;
  }
  throw new Error('the folder schema was not found');
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  console.log(await benchEngine());
}
