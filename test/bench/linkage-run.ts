import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  judgeCandidates,
  type KeysById,
  keysById,
  type MatchingWeights,
  type MatchLevel,
  readMatchingWeights,
} from '../../src/linkage/index.js';
import { sha256Base64url } from '../../src/protocol/index.js';
import {
  deriveLinkageKeys,
  encodeLinkageKey,
  LinkageRefusal,
  type LinkageProfile,
  readIdentity,
  readLinkageProfile,
} from '../../src/protocol/linkage/index.js';
import type { BenchRecord } from './linkage-data.js';

const EPOCH = 'bench';

/** What members and hub agree on. */
export interface Agreed {
  readonly profile: LinkageProfile;
  readonly keys: KeysById;
  readonly weights: MatchingWeights;
}

/** A record as the hub has it. */
interface Tokenised {
  readonly person: string;
  readonly keyIds: ReadonlySet<string>;
  readonly tokens: readonly (readonly [token: string, keyId: string])[];
}

/** A pair that was judged: its level, its evidence and whether it is one person. */
export interface JudgedPair {
  readonly level: MatchLevel;
  readonly evidence: number;
  readonly isOne: boolean;
  /** Whether the arriving person is of the half of which no miss was looked at. */
  readonly heldOut: boolean;
}

export interface Run {
  readonly pairs: readonly JudgedPair[];
  readonly truePairs: number;
  /** Those of the half of which no miss was looked at. */
  readonly heldOutPairs: number;
  readonly records: number;
  /** Records that the door refused. */
  readonly refused: number;
  readonly keysPerRecord: number;
  /** Look-ups that were left out because too many have the token. */
  readonly capped: number;
}

/** Reads the profile that ships. */
export function readAgreed(): Agreed {
  const folder = schemaFolder();
  const text = (name: string) => readFileSync(`${folder}/linkage/${name}`, 'utf8');
  const profileText = text('profile.json');
  const profile = readLinkageProfile(profileText, text('frequencies.json'));
  return { profile, keys: keysById(profile.kinds), weights: readMatchingWeights(profileText) };
}

/** Two tables: the hub holds the first, and each record of the second arrives and is judged. */
export function linkTables(held: readonly BenchRecord[], arriving: readonly BenchRecord[], agreed: Agreed): Run {
  const [first, second] = [tokenise(held, agreed.profile), tokenise(arriving, agreed.profile)];
  const hub = new BenchHub(agreed);
  for (const row of first.rows) hub.add(row);
  const pairs = second.rows.flatMap((row) => hub.judge(row));
  const counts = countsOf(held);
  const pairsOf = (records: readonly BenchRecord[]) =>
    records.reduce((sum, { person }) => sum + (counts.get(person) ?? 0), 0);
  const rows = [...first.rows, ...second.rows];
  return {
    ...{ pairs, capped: hub.capped, refused: first.refused + second.refused, ...sizeOf(rows) },
    truePairs: pairsOf(arriving),
    heldOutPairs: pairsOf(arriving.filter(({ person }) => isHeldOut(person))),
  };
}

/** One table: records arrive one after the other, are judged against those before, and stay. */
export function linkWithin(records: readonly BenchRecord[], agreed: Agreed): Run {
  const { rows, refused } = tokenise(records, agreed.profile);
  const hub = new BenchHub(agreed);
  const pairs = rows.flatMap((row) => {
    const judged = hub.judge(row);
    hub.add(row);
    return judged;
  });
  const pairsOf = (some: readonly BenchRecord[]) =>
    [...countsOf(some).values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  return {
    ...{ pairs, capped: hub.capped, refused, ...sizeOf(rows) },
    truePairs: pairsOf(records),
    heldOutPairs: pairsOf(records.filter(({ person }) => isHeldOut(person))),
  };
}

/** What members do with a record: keys, encoding, and here SHA-256 in the place of the blind evaluation, which is as injective. */
function tokenise(records: readonly BenchRecord[], profile: LinkageProfile): { rows: Tokenised[]; refused: number } {
  const rows = records.flatMap(({ person, record }) => {
    try {
      const { keys } = deriveLinkageKeys(readIdentity(record), profile);
      const tokens = keys.map((key) => [sha256Base64url(encodeLinkageKey(EPOCH, key)), key.id] as const);
      return [{ person, keyIds: new Set(keys.map(({ id }) => id)), tokens }];
    } catch (error) {
      if (error instanceof LinkageRefusal) return [];
      throw error;
    }
  });
  return { rows, refused: records.length - rows.length };
}

/** What the hub does: an index of tokens, look-up with a cap, and the matching that ships. Nobody confirms anything. */
class BenchHub {
  private readonly table: Tokenised[] = [];
  private readonly index = new Map<string, number[]>();
  /** For each record another one of its group, or itself: records that were offered to each other are of one group. */
  private readonly parents: number[] = [];
  private groups = 0;
  private suggested: number[] = [];
  capped = 0;

  constructor(private readonly agreed: Agreed) {}

  add(row: Tokenised): void {
    const at = this.table.push(row) - 1;
    this.parents.push(at);
    this.groups++;
    for (const [token] of row.tokens) {
      const holders = this.index.get(token);
      if (holders) holders.push(at);
      else this.index.set(token, [at]);
    }
    for (const other of this.suggested) this.join(at, other);
    this.suggested = [];
  }

  /** Judges a record against the table; what is offered joins its group when it is added. */
  judge(row: Tokenised): JudgedPair[] {
    const { keys, weights } = this.agreed;
    const shared = new Map<number, { keyId: string; holders: number }[]>();
    for (const [token, keyId] of row.tokens) {
      const holders = this.index.get(token) ?? [];
      const groups = new Set(holders.map((at) => this.groupOf(at))).size;
      if (groups > weights.largestBlock) this.capped++;
      else for (const at of holders) shared.set(at, [...(shared.get(at) ?? []), { keyId, holders: groups }]);
    }
    const candidates = [...shared].map(([at, tokens]) => ({
      ...{ at, group: String(this.groupOf(at)), shared: tokens, keyIds: this.table[at]?.keyIds ?? new Set<string>() },
      ...({ ageBand: 'unknown', gender: 'unknown', citizenship: 'unknown' } as const),
    }));
    const matches = judgeCandidates(row, candidates, Math.max(1, this.groups), keys, weights);
    this.suggested = matches.flatMap(({ candidate, level }) => (level === 'none' ? [] : [candidate.at]));
    return matches.map(({ candidate, level, evidence }) => ({
      ...{ level, evidence },
      isOne: this.table[candidate.at]?.person === row.person,
      heldOut: isHeldOut(row.person),
    }));
  }

  private groupOf(at: number): number {
    let root = at;
    for (let parent = this.parents[root]; parent !== undefined && parent !== root; parent = this.parents[root])
      root = parent;
    return root;
  }

  private join(a: number, b: number): void {
    const [one, other] = [this.groupOf(a), this.groupOf(b)];
    if (one === other) return;
    this.parents[one] = other;
    this.groups--;
  }
}

/** By the hash of the person: misses of the other half were looked at while the keys were made. */
function isHeldOut(person: string): boolean {
  return ((createHash('sha256').update(`split ${person}`).digest()[0] ?? 0) & 1) === 1;
}

function countsOf(records: readonly BenchRecord[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { person } of records) counts.set(person, (counts.get(person) ?? 0) + 1);
  return counts;
}

function sizeOf(rows: readonly Tokenised[]): { records: number; keysPerRecord: number } {
  return {
    records: rows.length,
    keysPerRecord: rows.reduce((sum, { tokens }) => sum + tokens.length, 0) / rows.length,
  };
}

function schemaFolder(): string {
  for (const up of ['../../schema', '../../../schema']) {
    const folder = fileURLToPath(new URL(up, import.meta.url));
    if (existsSync(`${folder}/linkage/profile.json`)) return folder;
  }
  throw new Error('schema/linkage is missing beside the code');
}
