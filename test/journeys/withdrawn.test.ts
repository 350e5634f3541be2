import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Ran, symbolon } from '../support/command-line.js';
import { HubProcess } from '../support/hub-process.js';

const SHTEGU = 'al-shtegu/desk-1';
const PUNTE = 'ro-punte/desk-1';
/** What the alert says of its person, in the words in which it does. */
const SAID = ['person-age-band/18-20', 'purpose/forced-labour', 'control/withholds-documents'];

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

async function answer<T>(seat: string, ...args: readonly string[]): Promise<T> {
  const ran = await as(seat, ...args, '--json');
  if (ran.code !== 0) throw new Error(`symbolon ${args.join(' ')}: ${ran.code}\n${ran.out}\n${ran.err}`);
  return JSON.parse(ran.out) as T; // parsing: the command’s own output
}

describe('an alert whose person takes her consent back', () => {
  it('was read and passed on only with permission, is erased by who had it, and its sender holds the proof', async () => {
    const { alertId: alert } = await answer<{ alertId: string }>(
      ...[SHTEGU, 'raise', '--kind', 'case', '--age-band', '18-20', '--exploitation', 'NL', '--handling', 'H2'],
      ...['--present', 'act/recruitment,purpose/forced-labour,control/withholds-documents'],
      ...['--ground', 'consent', '--consent', 'alert', '--to', 'RO,DE'],
    );
    expect((await as(PUNTE, 'alerts', 'show', alert)).out).toContain(SAID[1]);

    const asked = await answer<{ permission: { id: string } }>(
      ...[PUNTE, 'permission', 'ask', alert, '--use', 'evidence', '--to', 'NL'],
    );
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    await answer(SHTEGU, 'permission', 'give', asked.permission.id, '--until', until);
    expect((await as(PUNTE, 'permission', 'list')).out).toContain(`given   ${until}`);

    await answer(SHTEGU, 'withdraw', alert, '--reason', 'consent-withdrawn');
    expect((await as(PUNTE, 'permission', 'list')).out).toContain('ended');
    expect((await as(PUNTE, 'alerts', 'show', alert)).code).toBe(15);
    expect((await as(SHTEGU, 'obligations', '--owed-to-me')).out).toMatch(/ro-punte +withdrawn .*outstanding/);

    const kept = await as(PUNTE, 'retained', alert, '--because', 'ongoing-proceedings');
    expect([kept.code, kept.out]).toEqual([0, expect.stringContaining('al-shtegu')]);
    const erased = await as(PUNTE, 'erased', alert);
    expect([erased.code, erased.err]).toEqual([0, expect.stringContaining('Not touched')]);
    const seen = await as(SHTEGU, 'obligations', '--owed-to-me');
    expect([seen.code, seen.out]).toEqual([0, expect.stringMatching(/ro-punte +withdrawn .*erased +verifies/)]);

    const { obligations } = await answer<{ obligations: readonly { statements: readonly string[] }[] }>(
      ...[SHTEGU, 'obligations', '--owed-to-me', '--alert', alert],
    );
    expect(obligations).toMatchObject([{ statements: { length: 2 } }]);
    expect(hub.output.length).toBeGreaterThan(100);
    for (const word of [...SAID, alert.slice('alert:'.length)]) expect(hub.output).not.toContain(word);
    expect(readFileSync(join(folder, 'traffic.txt'), 'utf8')).toContain(alert);
  });
});
