import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { KeptTokens } from '../../../src/member/import/kept-tokens.js';
import { Vault } from '../../../src/member/vault.js';

const TOKENS = [{ key: 'TA+D', token: 'AAECAwQFBgcICQoLDA0ODw' }];
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
  await Promise.all([2, 3].map((line) => first.keep(line, { epoch: '2027-1', tokens: TOKENS })));
  await first.close(() => false);
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(readFileSync(path, 'utf8')).not.toContain(TOKENS[0]?.token);
  truncateSync(path, statSync(path).size - 9);
  const second = await KeptTokens.open(path, vault);
  await second.keep(4, { epoch: '2027-2', tokens: TOKENS });
  await second.close(() => false);
  const third = await KeptTokens.open(path, vault);
  const found = [2, 3, 4].map((line) => third.find(line, line === 4 ? '2027-2' : '2027-1')?.tokens ?? null);
  expect(found.filter((tokens) => tokens !== null)).toEqual([TOKENS, TOKENS]);
  expect(third.find(4, '2027-2')).toEqual({ epoch: '2027-2', tokens: TOKENS });
  expect(third.find(4, '2027-1')).toBeNull();
  await third.close(() => false);
});

it('is gone when the hub has every row of it, and opens for nobody else', async () => {
  const first = await KeptTokens.open(path, vault);
  await first.keep(2, { epoch: '2027-1', tokens: TOKENS });
  await first.close((line) => line === 3);
  const stranger = new Vault({ kind: 'key', key: new Uint8Array(32).fill(8) });
  await expect(KeptTokens.open(path, stranger)).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' });
  await (await KeptTokens.open(path, vault)).close((line) => line === 2);
  expect(existsSync(path)).toBe(false);
});
