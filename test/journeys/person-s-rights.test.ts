import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Ran, symbolon } from '../support/command-line.js';
import { HubProcess } from '../support/hub-process.js';

const SHTEGU = 'al-shtegu/desk-1';
const PUNTE = 'ro-punte/desk-1';

let hub: HubProcess;
let folder: string;

beforeAll(async () => {
  hub = await HubProcess.make();
  folder = mkdtempSync(join(tmpdir(), 'symbolon-journey-'));
  const started = await hub.start({ LOG_LEVEL: 'debug' });
  expect({ started, said: hub.output }).toMatchObject({ started: 'ready' });
});
afterAll(async () => {
  await hub.remove();
  rmSync(folder, { recursive: true, force: true });
});

function as(seat: string, ...args: readonly string[]): Promise<Ran> {
  const place = { home: join(hub.folder, 'sandbox'), hub: hub.url, traffic: join(folder, 'traffic.txt') };
  return symbolon(place, [...args, '--as', seat, '--purpose', 'protection'], '');
}

describe('a person who asks what is held about her, and has it erased', () => {
  it('is given all of it by the member that knows her, and the hub, the member and whoever read it let go of it', async () => {
    const raised = await as(
      ...[SHTEGU, 'raise', '--kind', 'case', '--age-band', '18-20', '--exploitation', 'NL', '--ground', 'consent'],
      ...['--consent', 'alert', '--to', 'RO,DE', '--json'],
      ...['--present', 'act/recruitment,purpose/forced-labour,control/withholds-documents'],
    );
    const { alertId: alert } = JSON.parse(raised.out) as { alertId: string }; // parsing: the command’s own output
    expect((await as(PUNTE, 'alerts', 'show', alert)).code).toBe(0);

    const out = join(folder, 'person.json');
    expect((await as(SHTEGU, 'subject', 'export', alert, '--out', out)).code).toBe(0);
    const text = readFileSync(`${out}.txt`, 'utf8');
    for (const part of ['control/withholds-documents', 'person-age-band/18-20', 'ro-punte (RO)', 'Not in here'])
      expect(text).toContain(part);

    const erased = await as(SHTEGU, 'subject', 'erase', alert, '--because', 'access-request');
    expect([erased.code, erased.err]).toEqual([0, expect.stringContaining('Not touched')]);
    expect((await as(PUNTE, 'alerts', 'show', alert)).code).toBe(15);
    expect((await as(SHTEGU, 'subject', 'export', alert)).out).toContain('Its content was erased.');
    expect((await as(PUNTE, 'erased', alert)).code).toBe(0);
    expect((await as(SHTEGU, 'obligations', '--owed-to-me')).out).toMatch(/ro-punte +erased .*erased +verifies/);

    const year = String(new Date().getUTCFullYear());
    expect((await as(SHTEGU, 'reads', '--year', year)).out).toMatch(/ro-punte \(RO\) +\d+ +\d+/);
    expect((await as(SHTEGU, 'reads', '--verify', new Date().toISOString().slice(0, 10))).code).toBe(9);
    expect(hub.output.length).toBeGreaterThan(100);
    for (const word of ['withholds-documents', '18-20', alert.slice('alert:'.length)])
      expect(hub.output).not.toContain(word);
  });
});
