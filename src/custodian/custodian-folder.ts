import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadSodiumRistretto, type Ristretto } from '../protocol/oprf/index.js';
import { DEFAULT_POLICY, type BudgetPolicy } from './budget-policy.js';
import { CustodianError } from './custodian-error.js';
import { openIdentity, type CustodianIdentity } from './custodian-identity.js';
import { findText } from './durable-file.js';
import { EpochStore } from './epoch-store.js';
import { isRecord } from './sealed-text.js';

/** Where things are in a custodian's folder. */
export interface CustodianPaths {
  readonly identity: string;
  readonly policy: string;
  readonly epochs: string;
  readonly chain: string;
  readonly lock: string;
  /** What was said in ceremonies, a folder each. */
  readonly board: string;
  /** What this custodian drew for ceremonies that are not over. */
  readonly drawn: string;
}

export function pathsIn(folder: string): CustodianPaths {
  return {
    ...{ identity: join(folder, 'identity.json'), policy: join(folder, 'policy.json') },
    ...{ epochs: join(folder, 'epochs'), chain: join(folder, 'chain.jsonl'), lock: join(folder, 'lock') },
    ...{ board: join(folder, 'board'), drawn: join(folder, 'drawn') },
  };
}

/** A custodian's folder, opened with its passphrase. */
export interface OpenFolder {
  readonly paths: CustodianPaths;
  readonly group: Ristretto;
  readonly identity: CustodianIdentity;
  readonly epochs: EpochStore;
  readonly passphrase: string;
}

/** Opens the folder of a custodian. Throws `CustodianError`. */
export async function openFolder(folder: string, passphrase: string): Promise<OpenFolder> {
  const paths = pathsIn(folder);
  const [identity, group] = await Promise.all([openIdentity(paths.identity, passphrase), loadSodiumRistretto()]);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const epochs = await EpochStore.open(paths.epochs, { group, code: identity.card.code, passphrase });
  return { paths, group, identity, epochs, passphrase };
}

/** The budgets of this custodian: `policy.json` changes some of the defaults. Throws `CustodianError` BAD_INPUT. */
export async function readPolicy(path: string): Promise<BudgetPolicy> {
  const text = await findText(path);
  if (text === null) return DEFAULT_POLICY;
  const file: unknown = JSON.parse(text);
  const known = Object.keys(DEFAULT_POLICY);
  const isFine =
    isRecord(file) &&
    Object.entries(file).every(
      ([name, value]) => known.includes(name) && Number.isSafeInteger(value) && Number(value) >= 0,
    );
  if (!isFine)
    throw new CustodianError(
      'BAD_INPUT',
      'policy.json is not well-formed.',
      `It takes whole numbers: ${known.join(', ')}.`,
    );
  return { ...DEFAULT_POLICY, ...file };
}
