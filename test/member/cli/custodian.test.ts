import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../../src/member/cli/run.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'symbolon-custodian-cli-'));
  writeFileSync(join(folder, 'passphrase'), 'correct horse battery\n');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string): string => join(folder, name);

async function symbolon(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const output = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    terminal: false,
  };
  const code = await run([...argv, '--passphrase-file', at('passphrase'), '--home', at('home')], {
    ...{ output, environment: {}, interactive: false },
  });
  return { code, out, err };
}

async function custodian(name: string): Promise<string> {
  const made = await symbolon(
    'custodian',
    'init',
    `xa-${name}`,
    '--url',
    'https://custodian.example',
    '--state',
    at(name),
    '--json',
  );
  expect(made.code).toBe(0);
  writeFileSync(at(`${name}.json`), made.out);
  return at(`${name}.json`);
}

describe('symbolon custodian', () => {
  it.each(['init', 'plan', 'ceremony', 'serve', 'refresh', 'verify-chain', 'grant', 'bring-grant'])(
    '%s explains itself with an example',
    async (name) => {
      const { code, out } = await symbolon('custodian', name, '--help');
      expect(code).toBe(0);
      expect(out).toContain(`$ symbolon custodian ${name}`);
    },
  );

  it('makes an epoch of three custodians over a shared folder, and refreshes its shares', async () => {
    const cards = [await custodian('one'), await custodian('two'), await custodian('three')];
    const planned = await symbolon(
      ...['custodian', 'plan', ...cards, '--epoch', '2027-1', '--audience', 'https://hub.example'],
      ...['--scrypt-n', '16', '--out', at('plan.json'), '--json'],
    );
    const { hash } = JSON.parse(planned.out);
    const all = (...argv: string[]) =>
      Promise.all(
        ['one', 'two', 'three'].map((name) =>
          symbolon('custodian', ...argv, '--state', at(name), '--board', at('board'), '--wait', '60', '--json'),
        ),
      );
    for (const { code, out } of await all('ceremony', '--plan', at('plan.json'), '--hash', hash))
      expect([code, JSON.parse(out)]).toEqual([0, { epoch: '2027-1', generation: 0, faults: [] }]);
    const sealed = readFileSync(at('one/epochs/2027-1.json'), 'utf8');
    for (const { code, out } of await all('refresh', '--epoch', '2027-1', '--to', '1'))
      expect([code, JSON.parse(out)]).toEqual([0, { epoch: '2027-1', generation: 1, faults: [] }]);
    expect(readFileSync(at('one/epochs/2027-1.json'), 'utf8')).not.toBe(sealed);
    // Run again, it begins no other.
    expect(JSON.parse((await all('refresh', '--epoch', '2027-1', '--to', '1'))[0]?.out ?? '')).toMatchObject({
      generation: 1,
    });
    expect((await all('refresh', '--epoch', '2027-1', '--to', '3'))[0]?.code).toBe(2);
    expect((await all('ceremony', '--plan', at('plan.json')))[0]?.err).toContain('This ceremony is over');
  });

  it('does not take part in a plan with another hash, nor overwrite keys, nor open with a wrong passphrase', async () => {
    const cards = [await custodian('one'), await custodian('two')];
    const plan = [
      'custodian',
      'plan',
      ...cards,
      '--epoch',
      '2027-1',
      '--audience',
      'https://hub.example',
      '--out',
      at('plan.json'),
    ];
    expect((await symbolon(...plan)).code).toBe(0);
    const ceremony = ['custodian', 'ceremony', '--plan', at('plan.json'), '--state', at('one'), '--board', at('board')];
    expect((await symbolon(...ceremony, '--hash', 'A'.repeat(43))).code).toBe(7);
    expect(
      (await symbolon('custodian', 'init', 'xa-one', '--url', 'https://c.example', '--state', at('one'))).code,
    ).toBe(4);
    expect((await symbolon('custodian', 'init', 'One', '--url', 'https://c.example', '--state', at('x'))).code).toBe(2);
    const waited = await symbolon(...ceremony, '--wait', '0');
    expect([waited.code, waited.err]).toEqual([3, expect.stringContaining('xa-two')]);
    writeFileSync(at('passphrase'), 'another passphrase\n');
    expect((await symbolon(...ceremony)).code).toBe(4);
  });
});
