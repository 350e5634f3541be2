import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { KeptTokens } from '../../../src/member/import/kept-tokens.js';
import type { TokenRow } from '../../../src/member/import/keys-fingerprint.js';
import { Vault } from '../../../src/member/vault.js';
import type { LinkageKey } from '../../../src/protocol/linkage/index.js';

const TOKENS = [{ key: 'TA+D', token: 'AAECAwQFBgcICQoLDA0ODw' }];
const KEY: LinkageKey = { id: 'TA+D', class: 'PARTIAL', values: ['zora', '1991'], bits: 30 };
const OTHER: LinkageKey = { ...KEY, values: ['zora', '1992'] };
const row = (line: number, keys = [KEY, OTHER], profile = 'symbolon-linkage/1'): TokenRow => ({ line, keys, profile });
const vault = new Vault({ kind: 'key', key: new Uint8Array(32).fill(7) });

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'symbolon-kept-'));
  path = join(folder, 'run.tokens');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('keeps tokens sealed between runs, and passes over a line that a kill tore', async () => {
  const first = await KeptTokens.open(path, vault);
  await Promise.all([2, 3].map((line) => first.keep(row(line), { epoch: '2027-1', tokens: TOKENS })));
  await first.close(() => false);
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(readFileSync(path, 'utf8')).not.toContain(TOKENS[0]?.token);
  truncateSync(path, statSync(path).size - 9);
  const second = await KeptTokens.open(path, vault);
  await second.keep(row(4), { epoch: '2027-2', tokens: TOKENS });
  await second.close(() => false);
  const third = await KeptTokens.open(path, vault);
  const found = [2, 3, 4].map((line) => third.find(row(line), line === 4 ? '2027-2' : '2027-1')?.tokens ?? null);
  expect(found.filter((tokens) => tokens !== null)).toEqual([TOKENS, TOKENS]);
  expect(third.find(row(4), '2027-2')).toEqual({ epoch: '2027-2', tokens: TOKENS });
  expect(third.find(row(4), '2027-1')).toBeNull();
  await third.close(() => false);
});

it('is gone when the hub has every row of it, and opens for nobody else', async () => {
  const first = await KeptTokens.open(path, vault);
  await first.keep(row(2), { epoch: '2027-1', tokens: TOKENS });
  await first.close((line) => line === 3);
  const stranger = new Vault({ kind: 'key', key: new Uint8Array(32).fill(8) });
  await expect(KeptTokens.open(path, stranger)).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' });
  await (await KeptTokens.open(path, vault)).close((line) => line === 2);
  expect(existsSync(path)).toBe(false);
});

it('gives tokens for the keys and the profile that they were made of, and drops them when a row has others', async () => {
  for (const changed of [
    row(2, [KEY]),
    row(2, [OTHER, KEY]),
    row(2, [KEY, { ...OTHER, values: ['zora', '1993'] }]),
    row(2, [KEY, OTHER], 'symbolon-linkage/2'),
  ]) {
    const first = await KeptTokens.open(path, vault);
    await first.keep(row(2), { epoch: '2027-1', tokens: TOKENS });
    await first.close(() => false);
    const second = await KeptTokens.open(path, vault);
    expect(second.find(row(2), '2027-1')).toEqual({ epoch: '2027-1', tokens: TOKENS });
    expect(second.find(changed, '2027-1')).toBeNull();
    expect(second.find(row(2), '2027-1')).toBeNull();
    await second.close(() => false);
    expect(existsSync(path)).toBe(false);
  }
});

it('keeps the newer tokens of a row whose keys have changed', async () => {
  const first = await KeptTokens.open(path, vault);
  await first.keep(row(2), { epoch: '2027-1', tokens: TOKENS });
  const newer = [{ key: 'TA+D', token: 'DwECAwQFBgcICQoLDA0ODw' }];
  await first.keep(row(2, [OTHER]), { epoch: '2027-1', tokens: newer });
  await first.close(() => false);
  const second = await KeptTokens.open(path, vault);
  expect(second.find(row(2, [OTHER]), '2027-1')?.tokens).toEqual(newer);
  await second.close(() => true);
});

it('is gone when what is left of it was dropped', async () => {
  const first = await KeptTokens.open(path, vault);
  await Promise.all([2, 3].map((line) => first.keep(row(line), { epoch: '2027-1', tokens: TOKENS })));
  first.drop(3);
  await first.close((line) => line === 2);
  expect(existsSync(path)).toBe(false);
});
