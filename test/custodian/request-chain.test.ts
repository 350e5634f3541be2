import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { follows, RequestChain, type ChainLine, type EntryDetail } from '../../src/custodian/index.js';
import { CHAIN_START } from '../../src/custodian/chain-entry.js';

const NOW = 1_790_000_000;
const entry = (generation: number): EntryDetail => ({
  kind: 'epoch',
  epoch: '2027-1',
  generation,
  hash: 'A'.repeat(43),
});

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'symbolon-chain-'));
  file = join(folder, 'chain.jsonl');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('writes what comes at once together, in order, and publishes it page by page', async () => {
  const chain = await RequestChain.open(file, () => undefined);
  const placed = Array.from({ length: 1000 }, (_, at) => chain.append(entry(at), NOW));
  // Nothing is published before it is on the disk.
  expect(chain.published.seq).toBe(0);
  expect(await chain.after(0, 10)).toEqual([]);
  await Promise.all(placed.map(({ durable }) => durable));
  expect(chain.published.seq).toBe(1000);
  const seen: ChainLine[] = [];
  for (;;) {
    const page = await chain.after(seen.at(-1)?.seq ?? 0, 170);
    if (page.length === 0) break;
    seen.push(...page);
  }
  expect(seen.map(({ seq }) => seq)).toEqual(Array.from({ length: 1000 }, (_, at) => at + 1));
  seen.reduce<Pick<ChainLine, 'seq' | 'hash'>>((before, line) => {
    expect(follows(line, before)).toBe(true);
    return line;
  }, CHAIN_START);
  await chain.close();
});

it('gives every entry back at a start, in order', async () => {
  const first = await RequestChain.open(file, () => undefined);
  await Promise.all(Array.from({ length: 700 }, (_, at) => first.append(entry(at), NOW).durable));
  await first.close();
  const replayed: number[] = [];
  const second = await RequestChain.open(file, (one) => one.kind === 'epoch' && replayed.push(one.generation));
  expect(replayed).toEqual(Array.from({ length: 700 }, (_, at) => at));
  expect((await second.after(512, 3)).map(({ seq }) => seq)).toEqual([513, 514, 515]);
  expect(await second.after(700, 3)).toEqual([]);
  expect(await second.after(1_000_000, 3)).toEqual([]);
  await second.append(entry(700), NOW).durable;
  expect((await second.after(700, 3)).map(({ seq }) => seq)).toEqual([701]);
  await second.close();
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(702);
});
