import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { run } from '../../../src/member/cli/run.js';
import { KeyStore } from '../../../src/member/files/index.js';
import { type Desk, LinkStage } from '../../links/link-stage.js';
import { testHub, type TestHub } from '../../support/hub.js';

const TO_ALL = {
  handling: { purposes: ['protection' as const], audience: { everyone: true as const }, code: 'H0' as const },
};

let hub: TestHub;
let stage: LinkStage;
let sender: Desk;
let reader: Desk;
let homes: string;

beforeAll(async () => {
  hub = await testHub();
  stage = await LinkStage.on(hub);
  sender = await stage.desk('BE', 'sender', 'ngo');
  reader = await stage.desk('BG', 'reader', 'ngo');
  homes = mkdtempSync(join(tmpdir(), 'symbolon-reads-'));
  for (const desk of [sender, reader]) {
    const store = KeyStore.open(join(homes, desk.member));
    await store.saveHub({ hub: hub.url, audience: hub.identity.audience });
    await store.saveOfficerKey(desk.seat);
  }
});
afterAll(async () => {
  await hub.stop();
  rmSync(homes, { recursive: true, force: true });
});

async function as(desk: Desk, ...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await run(['--purpose', 'protection', ...argv], {
    output: { out: (said) => void (out += said), err: (said) => void (err += said), terminal: false },
    environment: { SYMBOLON_HOME: join(homes, desk.member) },
    interactive: false,
  });
  return { code, out, err };
}

/** Puts the reads of an alert at an instant. */
const readAt = (alert: string, at: string) =>
  stage.sql(`UPDATE access_record SET at = $2 WHERE alert_ids @> ARRAY[$1::uuid]`, [alert.slice('alert:'.length), at]);

describe('symbolon reads --year', () => {
  it('adds up a year by reader, purpose and operation, and writes each read to a file; other years are not in it', async () => {
    const inYear = ['2024-01-01T00:00:00Z', '2024-06-30T12:00:00Z', '2024-12-31T23:59:59.999Z'];
    const outside = ['2023-12-31T23:59:59.999Z', '2025-01-01T00:00:00Z'];
    for (const at of [...outside, ...inYear]) {
      const alert = await stage.raise(sender, TO_ALL);
      expect((await as(reader, 'alerts', 'show', alert)).code).toBe(0);
      await readAt(alert, at);
    }
    const csv = join(homes, 'reads.csv');
    const ran = await as(sender, 'reads', '--year', '2024', '--csv', csv);
    expect([ran.code, ran.err]).toEqual([0, expect.stringContaining(csv)]);
    expect(ran.out).toContain('2024: 3 readings of your alerts; 3 different alerts were shown, 3 times in all.');
    expect(ran.out).toMatch(/bg-reader \(BG\) +3 +3\n/);
    expect(ran.out).toMatch(/protection +3 +3\n/);
    expect(ran.out).toMatch(/alert +3 +3\n/);
    const rows = parse<Readonly<Record<string, string>>>(readFileSync(csv, 'utf8'), { columns: true });
    expect(rows.map(({ at }) => at)).toEqual([
      '2024-12-31T23:59:59.999Z',
      '2024-06-30T12:00:00.000Z',
      '2024-01-01T00:00:00.000Z',
    ]);
    expect(rows[0]).toMatchObject({
      read: '1',
      reader: 'bg-reader',
      country: 'BG',
      purpose: 'protection',
      operation: 'alert',
    });
    expect(statSync(csv).mode & 0o777).toBe(0o600);
    const totals = await as(sender, 'reads', '--year', '2024', '--json');
    expect(JSON.parse(totals.out)).toMatchObject({
      year: 2024,
      reads: 3,
      byReader: [{ by: 'bg-reader (BG)', reads: 3 }],
    });
    expect((await as(reader, 'reads', '--year', '2024')).out).toContain('Nobody read any of your alerts in 2024.');
  });

  it('goes through all pages of a year, with what older hubs recorded of counting, without ids', async () => {
    await stage.sql(
      `INSERT INTO access_record (at, owner, reader, officer, purpose, operation, alert_ids)
       SELECT '2022-03-04T05:06:07Z', $1, $2, 'desk', 'protection', CASE WHEN n % 2 = 0 THEN 'alerts' ELSE 'verdictSummary' END,
         CASE WHEN n % 2 = 0 THEN ARRAY[gen_random_uuid(), gen_random_uuid()] ELSE '{}' END FROM generate_series(1, 250) n`,
      [sender.member, reader.member],
    );
    const csv = join(homes, 'many.csv');
    const ran = await as(sender, 'reads', '--year', '2022', '--csv', csv, '--json');
    expect(JSON.parse(ran.out)).toMatchObject({
      reads: 250,
      shown: 250,
      alerts: 250,
      byOperation: [{ reads: 125 }, { reads: 125 }],
    });
    const rows = parse<Readonly<Record<string, string>>>(readFileSync(csv, 'utf8'), { columns: true });
    expect([rows.length, rows.filter(({ alert }) => alert === '').length]).toEqual([375, 125]);
    expect(new Set(rows.map(({ read }) => read)).size).toBe(250);
  });

  it('takes a year that there is, and writes over no file', async () => {
    const csv = join(homes, 'twice.csv');
    expect((await as(sender, 'reads', '--year', '2022', '--csv', csv)).code).toBe(0);
    const before = readFileSync(csv, 'utf8');
    expect((await as(sender, 'reads', '--year', '2022', '--csv', csv)).code).toBe(2);
    expect(readFileSync(csv, 'utf8')).toBe(before);
    for (const wrong of [
      ['--year', '26'],
      ['--year', '2999'],
      ['--csv', csv],
    ])
      expect((await as(sender, 'reads', ...wrong)).code).toBe(2);
  });
});
