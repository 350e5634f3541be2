import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../../src/member/cli/run.js';

let folder: string;
let cases: string;
let persons: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'symbolon-import-cli-'));
  [cases, persons] = [join(folder, 'cases.csv'), join(folder, 'persons.csv')];
  writeFileSync(cases, 'caseId,yearOfRegistration,gender,isForcedLabour\n1,2016,Female,1\n2,2016,Female,1\n');
  writeFileSync(persons, 'caseId,given,family,birthDate\n1,Zorvekplim,Quastelburn,1991-05-17\n2,Zora,,\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function symbolon(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const output = {
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    terminal: false,
  };
  const home = ['--home', join(folder, 'home')];
  const code = await run([...argv, ...home], { output, environment: {}, interactive: false });
  return { code, ...said };
}

const dry = (...argv: string[]) =>
  symbolon('import', '--format', 'ctdc', cases, '--dry-run', '--identities', persons, ...argv);

describe('symbolon import --identities', () => {
  it('explains itself with an example', async () => {
    const { out } = await symbolon('import', '--help');
    expect(out).toContain('--identities persons.csv');
    expect(out).toContain('--grant grant.txt');
  });

  it('says in a dry run, without a hub, what budget the rows will want, and nothing of a person', async () => {
    const { code, out, err } = await dry('--ground', 'public-task');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/with tokens +1/);
    expect(out).toMatch(/budget needed +1 alerts, \d+ keys of class PARTIAL/);
    expect(out).toContain('by line: 3.');
    expect(out).not.toMatch(/Zor|Quastel|1991/);
  });

  it.each([
    ['of anonymised cases', [], 2, 'not anonymised'],
    ['without consent to linkage', ['--ground', 'consent', '--consent', 'alert'], 14, 'CONSENT_MISSING'],
    ['for a purpose that no link is for', ['--ground', 'public-task', '--purpose', 'monitoring'], 2, 'protection'],
    ['by a column that is not there', ['--ground', 'public-task', '--case-id', 'Nr'], 2, '--case-id'],
  ])('reads no identities %s', async (_, argv, code, says) => {
    const ran = await dry(...argv);
    expect([ran.code, ran.out]).toEqual([code, '']);
    expect(ran.err).toContain(says);
  });

  it('takes no granted budget without identities', async () => {
    const ran = await symbolon('import', '--format', 'ctdc', cases, '--dry-run', '--grant', persons);
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('without --identities')]);
  });
});
