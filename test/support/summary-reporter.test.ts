import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const JEST = resolve('node_modules/jest/bin/jest.js');
const REPORTER = resolve('test/support/summary-reporter.mjs');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'symbolon-reporter-'));
  writeFileSync(join(folder, 'teardown.cjs'), "module.exports = () => console.log('torn down');");
  const config = { reporters: ['default', REPORTER], globalTeardown: './teardown.cjs', testMatch: ['**/*.case.js'] };
  writeFileSync(join(folder, 'jest.config.json'), JSON.stringify(config));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the files in a project of its own; gives what stands on both outputs, in order, as lines. */
function linesOf(files: Record<string, string>, ...paths: string[]): Promise<string[]> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.case.js`), text);
  return new Promise((done) => {
    const command = `exec "${process.execPath}" "${JEST}" --no-cache ${paths.join(' ')} 2>&1`;
    execFile('sh', ['-c', command], { cwd: folder }, (_error, stdout) => done(stdout.trimEnd().split('\n')));
  });
}

describe('the last line of a test run', () => {
  it('counts the tests that passed, after all that the run says', async () => {
    const lines = await linesOf({ good: "it('one', () => {}); it('two', () => {});" });
    expect(lines).toContain('torn down');
    expect(lines.at(-1)).toBe('2 passed, 0 failed');
  });

  it('counts a file that cannot run as one that failed, and names what was skipped', async () => {
    const lines = await linesOf({
      good: "it('one', () => {}); it.skip('two', () => {}); it.todo('three');",
      bad: "it('one', () => { throw new Error('no'); });",
      broken: "require('./absent'); it('one', () => {});",
    });
    expect(lines.at(-1)).toBe('1 passed, 2 failed, 2 skipped');
  });

  it('counts only what ran when a path is given', async () => {
    const lines = await linesOf({ good: "it('one', () => {});", other: "it('two', () => {});" }, 'other.case.js');
    expect(lines.at(-1)).toBe('1 passed, 0 failed');
  });
});
