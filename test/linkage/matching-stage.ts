import { readFileSync } from 'node:fs';
import {
  type Candidate,
  judgeCandidates,
  keysById,
  type Match,
  type MatchingWeights,
  readMatchingWeights,
} from '../../src/linkage/index.js';
import { readLinkageProfile } from '../../src/protocol/linkage/index.js';

const text = (name: string) => readFileSync(new URL(`../../schema/linkage/${name}`, import.meta.url), 'utf8');

export const profileText = text('profile.json');
export const weights: MatchingWeights = readMatchingWeights(profileText);
export const keys = keysById(readLinkageProfile(profileText, text('frequencies.json')).kinds);

/** Ids of the keys that records of a rare name, a full date, a country, a place and a document have. */
export const WHOLE = [
  'T2+D/s:36',
  'T2+D/m:36',
  'T2+Y+C/s:27',
  'T2+YM/s:27',
  'T2+Md/s:27',
  'D+P:26',
  'T2+P/s:32',
  'DOC:30',
];

interface Drawn {
  readonly group?: string;
  /** Key ids that the two records share, or `id*holders`. */
  readonly shared: readonly string[];
  /** Key ids of the record in the table. */
  readonly has?: readonly string[];
  readonly facts?: Partial<Pick<Candidate, 'ageBand' | 'gender' | 'citizenship'>>;
}

/** A candidate that shares keys of these ids. */
export function candidate({ group = 'a', shared, has = WHOLE, facts = {} }: Drawn): Candidate {
  const tokens = shared.map((one) => {
    const [keyId = '', holders = '1'] = one.split('*');
    return { keyId, holders: Number(holders) };
  });
  return {
    ...{ group, shared: tokens, keyIds: new Set(has), ageBand: 'unknown', gender: 'unknown', citizenship: 'unknown' },
    ...facts,
  };
}

/** Judges candidates of a record that has these keys, in a table of 10,000. */
export function judge(
  candidates: readonly Candidate[],
  has: readonly string[] = WHOLE,
  population = 10_000,
): readonly Match[] {
  return judgeCandidates({ keyIds: new Set(has) }, candidates, population, keys, weights);
}

/** The one match of one candidate. */
export function judgeOne(drawn: Drawn, has: readonly string[] = WHOLE, population = 10_000): Match {
  const [match] = judge([candidate(drawn)], has, population);
  if (!match) throw new Error('a candidate was not judged');
  return match;
}
