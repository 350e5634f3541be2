import { deriveLinkageKeys, LinkageRefusal, readIdentity, skeletonOf } from '../../src/protocol/linkage/index.js';
import { sha256Base64url } from '../../src/protocol/index.js';
import { type BenchRecord, readFebrl, readSynthetic } from './linkage-data.js';
import type { Agreed } from './linkage-run.js';

/** How many of the commonest tokens are tried, as in the figures measured before. */
const COMMONEST = 20;

/** Values of one kind that a record has. */
type ValuesOf = (record: BenchRecord) => readonly string[];

interface Alignment {
  /** Records that hold one of the commonest tokens. */
  readonly records: number;
  /** Those of them whose token is named rightly. */
  readonly named: number;
  /** Pairs of records of different persons that share a token. */
  readonly edges: number;
}

/**
 * Frequency alignment: who knows the very list of persons, and how often each value is in it, sorts values and tokens by their counts and takes the same
 * rank for the same thing. The list is the truth itself, so that no real attacker does better. Beside it one code of the surname, which is no key.
 */
export function sayAlignment(folder: string, { profile }: Agreed, say: (line: string) => void): void {
  say('\nFrequency alignment with the very list of persons, among the 20 commonest tokens of each kind of key:');
  const tables = {
    'FEBRL4 +place+document': readFebrl(`${folder}/dataset4a.csv`, '+place+document'),
    'synthetic, all attributes': readSynthetic(
      `${folder}/synthetic_xborder_a.csv`,
      'names+date+country+place+document',
    ),
  };
  for (const [name, records] of Object.entries(tables)) {
    const surname = align(records, surnameCode);
    say(`  ${name}: one code of the surname ${shown(surname)}`);
    const keys = new Map(records.map((record) => [record, keysOf(record, profile)]));
    for (const kind of profile.kinds) {
      const found = align(records, (record) =>
        (keys.get(record) ?? []).flatMap(({ kind: of, value }) => (of === kind.name ? [value] : [])),
      );
      say(`    ${kind.name.padEnd(10)} ${shown(found)}`);
    }
  }
}

function keysOf(
  { record }: BenchRecord,
  profile: Agreed['profile'],
): readonly { readonly kind: string; readonly value: string }[] {
  try {
    const { keys } = deriveLinkageKeys(readIdentity(record), profile);
    return keys.map(({ id, values }) => ({ kind: id.replace(/:\d+$/, ''), value: `${id} ${values.join(' ')}` }));
  } catch (error) {
    if (error instanceof LinkageRefusal) return [];
    throw error;
  }
}

function surnameCode({ record }: BenchRecord): readonly string[] {
  const names = record['names'] as { readonly family?: string }; // parsing: the readers of data sets write it so
  const code = skeletonOf((names.family ?? '').toLowerCase().replace(/[^a-z]/g, ''));
  return code === '' ? [] : [code];
}

function align(records: readonly BenchRecord[], valuesOf: ValuesOf): Alignment {
  const holders = new Map<string, Set<string>>();
  for (const record of records)
    for (const value of valuesOf(record)) holders.set(value, (holders.get(value) ?? new Set()).add(record.person));
  const counts = [...holders].map(([value, persons]) => ({
    value,
    token: sha256Base64url(value),
    count: persons.size,
  }));
  // Equal counts say nothing of the order: the attacker has them in one order, the hub in another.
  const known = [...counts].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, COMMONEST);
  const seen = [...counts].sort((a, b) => b.count - a.count || (a.token < b.token ? -1 : 1)).slice(0, COMMONEST);
  return {
    records: seen.reduce((sum, { count }) => sum + count, 0),
    named: seen.reduce((sum, { value, count }, rank) => sum + (known[rank]?.value === value ? count : 0), 0),
    edges: counts.reduce((sum, { count }) => sum + (count * (count - 1)) / 2, 0),
  };
}

function shown({ records, named, edges }: Alignment): string {
  const rate = records === 0 ? 0 : (100 * named) / records;
  return `${rate.toFixed(1)} % named (${named} of ${records} records), ${edges} pairs of other persons share one`;
}
