import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OfficerSeat } from '../../../src/member/index.js';
import { KeyStore } from '../../../src/member/files/index.js';
import { decodeStatement, generateSigningKey } from '../../../src/protocol/index.js';
import type { ImportReport } from '../../../src/member/import/import-report.js';
import { FakeHub } from '../fake-hub.js';

const PROGRAM = join('dist', 'member', 'cli', 'main.js');
const built = existsSync(PROGRAM);
if (!built) process.stderr.write(`SKIPPED: ${PROGRAM} is not built; "npm run build" makes it.\n`);

let home = '';
let hub: FakeHub;
let seat: OfficerSeat;
/** What the hub holds: how often each `jti` was stored, at most once by its own rule. */
let held: Map<string, string>;
let batches = 0;
let onBatch: (batch: number) => void = () => undefined;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'symbolon-kill-'));
  seat = { member: 'nl-meetpunt', officer: 'desk-1', role: 'liaison', key: await generateSigningKey() };
  held = new Map();
  batches = 0;
  hub = await FakeHub.start(seat, ({ variables }) => {
    const statements = variables['statements'];
    const results = Array.isArray(statements) ? statements.map((statement) => take(String(statement))) : [];
    onBatch(++batches);
    return { batch: { results, receipt: 'a.b.c' } };
  });
  const store = KeyStore.open(home);
  await store.saveHub({ hub: hub.url, audience: 'https://hub.example' });
  await store.saveOfficerKey(seat);
});
afterEach(async () => {
  await hub.stop();
  await rm(home, { recursive: true, force: true });
});

function take(compact: string): unknown {
  const { claims, payloadHash } = decodeStatement(compact);
  const jti = claims['jti'] as string;
  const known = held.get(jti);
  if (known !== undefined && known !== payloadHash) {
    return { __typename: 'Refused', code: 'REPLAYED', message: 'Known.', path: [], remedy: 'None.' };
  }
  held.set(jti, payloadHash);
  return {
    __typename: 'AlertAccepted',
    alertId: 'alert:x',
    jti,
    payloadHash,
    receivedAt: '',
    repeated: known !== undefined,
  };
}

function startImport(file: string): ChildProcess {
  const args = ['import', '--format', 'ctdc', file, '--home', home, '--batch', '20', '--json'];
  return spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
}

describe('an import that is killed', () => {
  (built ? it : it.skip)('goes on without a double or a gap, however often it is killed', async () => {
    const file = join(home, 'cases.csv');
    const rows = 1000;
    await writeFile(
      file,
      `yearOfRegistration,gender,isForcedLabour,isSexualExploit\n${'2016,Female,1,\n'.repeat(rows)}`,
    );
    for (const after of [3, 9, 21]) {
      const killed = startImport(file);
      onBatch = (batch) => {
        if (batch >= after) killed.kill('SIGKILL');
      };
      const [, signal] = (await once(killed, 'exit')) as [number | null, string | null];
      expect(signal).toBe('SIGKILL');
    }
    expect(held.size).toBeLessThan(rows);
    onBatch = () => undefined;
    const last = startImport(file);
    let out = '';
    last.stdout?.on('data', (chunk) => (out += String(chunk)));
    const [code] = (await once(last, 'close')) as [number | null];
    expect(code).toBe(0);
    const report = JSON.parse(out) as ImportReport;
    expect(report).toMatchObject({ rows, refused: [] });
    expect(report.accepted + report.acceptedBefore).toBe(rows);
    expect(report.acceptedBefore).toBeGreaterThan(0);
    expect(held.size).toBe(rows);
  });
});
