import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type KeysById, keysById } from '../../src/linkage/key-agreement.js';
import { judgeCandidates } from '../../src/linkage/matching.js';
import { type MatchingWeights, readMatchingWeights } from '../../src/linkage/matching-weights.js';
import {
  deriveLinkageKeys,
  encodeLinkageKey,
  LinkageRefusal,
  type LinkageProfile,
  readIdentity,
  readLinkageProfile,
} from '../../src/protocol/linkage/index.js';
import { sha256Base64url } from '../../src/protocol/index.js';
import { type Attributes, type BenchRecord, readFebrl, readSynthetic } from './linkage-data.js';

const EPOCH = 'bench';

interface MatchingModel {
  readonly keys: KeysById;
  readonly weights: MatchingWeights;
}

interface Tokenised {
  readonly person: string;
  readonly keyIds: ReadonlySet<string>;
  readonly tokens: readonly (readonly [token: string, keyId: string])[];
}

/** A pair that was judged: its level, its evidence and whether it is one person. */
export interface JudgedPair {
  readonly level: 'link' | 'possible' | 'none';
  readonly evidence: number;
  readonly isOne: boolean;
}

export interface Run {
  readonly pairs: readonly JudgedPair[];
  readonly truePairs: number;
  readonly refused: number;
  readonly keysPerRecord: number;
  readonly capped: number;
}

/** What members do with a record: keys, encoding, and here SHA-256 in the place of the blind evaluation, which is as injective. */
export function tokenise(
  records: readonly BenchRecord[],
  profile: LinkageProfile,
): { rows: Tokenised[]; refused: number } {
  const rows: Tokenised[] = [];
  let refused = 0;
  for (const { person, record } of records) {
    try {
      const { keys } = deriveLinkageKeys(readIdentity(record), profile);
      const tokens = keys.map((key) => [sha256Base64url(encodeLinkageKey(EPOCH, key)), key.id] as const);
      rows.push({ person, keyIds: new Set(keys.map(({ id }) => id)), tokens });
    } catch (error) {
      if (!(error instanceof LinkageRefusal)) throw error;
      refused++;
    }
  }
  return { rows, refused };
}

/** What the hub does: the table holds `held`, and each of `arriving` is looked up, judged and, when `joins`, added. */
export function match(
  held: readonly Tokenised[],
  arriving: readonly Tokenised[],
  joins: boolean,
  model: MatchingModel,
) {
  const table: Tokenised[] = [];
  const index = new Map<string, number[]>();
  const add = (row: Tokenised) => {
    const at = table.push(row) - 1;
    for (const [token] of row.tokens) index.set(token, [...(index.get(token) ?? []), at]);
  };
  held.forEach(add);
  const pairs: JudgedPair[] = [];
  let capped = 0;
  for (const row of arriving) {
    const shared = new Map<number, { keyId: string; holders: number }[]>();
    for (const [token, keyId] of row.tokens) {
      const holders = index.get(token) ?? [];
      if (holders.length > model.weights.largestBlock) capped++;
      else for (const at of holders) shared.set(at, [...(shared.get(at) ?? []), { keyId, holders: holders.length }]);
    }
    const candidates = [...shared].map(([at, tokens]) => ({
      ...{ at, shared: tokens, keyIds: table[at]?.keyIds ?? new Set<string>() },
      ...({ ageBand: 'unknown', gender: 'unknown', citizenship: 'unknown' } as const),
    }));
    for (const { candidate, level, evidence } of judgeCandidates(
      row,
      candidates,
      table.length,
      model.keys,
      model.weights,
    ))
      pairs.push({ level, evidence, isOne: table[candidate.at]?.person === row.person });
    if (joins) add(row);
  }
  return { pairs, capped };
}

export function readModel(): { profile: LinkageProfile; model: MatchingModel } {
  const folder = schemaFolder();
  const text = (name: string) => readFileSync(`${folder}/linkage/${name}`, 'utf8');
  const profile = readLinkageProfile(text('profile.json'), text('frequencies.json'));
  return { profile, model: { keys: keysById(profile.kinds), weights: readMatchingWeights(text('profile.json')) } };
}

export function runSets(
  read: (file: string, attributes: Attributes) => BenchRecord[],
  files: readonly string[],
  attributes: Attributes,
): Run {
  const { profile, model } = readModel();
  const sets = files.map((file) => tokenise(read(file, attributes), profile));
  const [held, arriving] = sets.length === 1 ? [[], sets[0]?.rows ?? []] : [sets[0]?.rows ?? [], sets[1]?.rows ?? []];
  const { pairs, capped } = match(held, arriving, sets.length === 1, model);
  const rows = sets.flatMap((set) => set.rows);
  return {
    ...{ pairs, capped },
    truePairs: sets.length === 1 ? pairsWithin(arriving) : pairsBetween(held, arriving),
    refused: sets.reduce((sum, { refused }) => sum + refused, 0),
    keysPerRecord: rows.reduce((sum, { tokens }) => sum + tokens.length, 0) / rows.length,
  };
}

function pairsBetween(a: readonly Tokenised[], b: readonly Tokenised[]): number {
  const counts = countsOf(a);
  return b.reduce((sum, { person }) => sum + (counts.get(person) ?? 0), 0);
}

function pairsWithin(rows: readonly Tokenised[]): number {
  return [...countsOf(rows).values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}

function countsOf(rows: readonly Tokenised[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { person } of rows) counts.set(person, (counts.get(person) ?? 0) + 1);
  return counts;
}

function schemaFolder(): string {
  for (const up of ['../../schema', '../../../schema']) {
    const folder = fileURLToPath(new URL(up, import.meta.url));
    if (existsSync(`${folder}/linkage/profile.json`)) return folder;
  }
  throw new Error('schema/linkage is missing beside the code');
}

/** Figures of a run. */
export function figuresOf({ pairs, truePairs }: Run) {
  const of = (positive: readonly JudgedPair[]) => {
    const right = positive.filter(({ isOne }) => isOne).length;
    const precision = positive.length === 0 ? 1 : right / positive.length;
    const recall = right / truePairs;
    return {
      right,
      wrong: positive.length - right,
      precision,
      recall,
      f1: (2 * right) / (positive.length + truePairs),
    };
  };
  const ranked = [...pairs].sort((a, b) => b.evidence - a.evidence);
  let right = 0;
  let best = { f1: 0, evidence: Infinity, precision: 1, recall: 0 };
  let recallAt99 = 0;
  ranked.forEach(({ evidence, isOne }, at) => {
    right += isOne ? 1 : 0;
    if (ranked[at + 1]?.evidence === evidence) return;
    const precision = right / (at + 1);
    const recall = right / truePairs;
    const f1 = (2 * right) / (at + 1 + truePairs);
    if (f1 > best.f1) best = { f1, evidence, precision, recall };
    if (precision >= 0.99) recallAt99 = Math.max(recallAt99, recall);
  });
  return {
    link: of(pairs.filter(({ level }) => level === 'link')),
    offered: of(pairs.filter(({ level }) => level !== 'none')),
    candidates: of(pairs),
    best,
    recallAt99,
  };
}

export function benchLinkageAccuracy(folder: string | undefined, say: (line: string) => void): void {
  if (folder === undefined || !existsSync(`${folder}/dataset4a.csv`)) {
    say('SKIPPED: linkage accuracy needs the folder of its data sets: npm run bench -- linkage FOLDER');
    return;
  }
  const at = (name: string) => `${folder}/${name}`;
  const febrl4 = [at('dataset4a.csv'), at('dataset4b.csv')];
  const febrl1 = [at('dataset1.csv')];
  const synthetic = [at('synthetic_xborder_a.csv'), at('synthetic_xborder_b.csv')];
  for (const [name, run] of [
    ['FEBRL4 names+date', () => runSets(readFebrl, febrl4, 'names+date')],
    ['FEBRL4 +place', () => runSets(readFebrl, febrl4, '+place')],
    ['FEBRL4 +place+document', () => runSets(readFebrl, febrl4, '+place+document')],
    ['FEBRL1 names+date', () => runSets(readFebrl, febrl1, 'names+date')],
    ['FEBRL1 +place+document', () => runSets(readFebrl, febrl1, '+place+document')],
    ['synthetic names+date+country', () => runSets(readSynthetic, synthetic, 'names+date+country')],
    ['synthetic all', () => runSets(readSynthetic, synthetic, 'names+date+country+place+document')],
  ] as const) {
    const started = performance.now();
    const result = run();
    const { link, offered, candidates, best, recallAt99 } = figuresOf(result);
    const f = (x: number) => x.toFixed(4);
    say(
      `${name}: true ${result.truePairs}, keys/record ${result.keysPerRecord.toFixed(1)}, refused ${result.refused}, capped ${result.capped}, ${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
    say(`  candidates: ${candidates.right} right ${candidates.wrong} wrong, R ${f(candidates.recall)}`);
    say(`  link:       ${link.right} right ${link.wrong} wrong, R ${f(link.recall)}`);
    say(
      `  offered:    ${offered.right} right ${offered.wrong} wrong, P ${f(offered.precision)} R ${f(offered.recall)} F1 ${f(offered.f1)}`,
    );
    say(
      `  with truth: F1 ${f(best.f1)} (P ${f(best.precision)} R ${f(best.recall)} at ${best.evidence.toFixed(1)} bits); R at P .99 ${f(recallAt99)}`,
    );
  }
}
