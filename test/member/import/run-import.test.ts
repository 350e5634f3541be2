import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BatchAnswer, BatchOutcome } from '../../../src/member/documents/alert-submission.js';
import { inspectFile } from '../../../src/member/import/csv-rows.js';
import { ctdcMapper } from '../../../src/member/import/ctdc-mapper.js';
import type { CommonContent } from '../../../src/member/import/mapped-rows.js';
import { runImport, type ImportRun } from '../../../src/member/import/run-import.js';
import { MemberError, type OfficerSeat } from '../../../src/member/index.js';
import { KeyStore } from '../../../src/member/files/index.js';
import { decodeStatement, generateSigningKey, type RefusalCode } from '../../../src/protocol/index.js';

const HEADER = 'yearOfRegistration,gender,isForcedLabour,isSexualExploit,CountryOfExploitation';
const COMMON: CommonContent = {
  kind: 'case',
  legalBasis: { ground: 'anonymised' },
  handling: { purposes: ['monitoring'], audience: { kinds: ['rapporteur'] }, code: 'H0' },
  evaluation: { source: 'X', information: 4 },
  expires: '2027-01-01',
};

/** What of a hub the importer meets: it stores by `jti`, once. */
class Shelf {
  readonly held = new Map<string, string>();
  calls = 0;
  /** Runs before each batch; may throw as a hub that is away would. */
  before: (call: number) => void = () => undefined;
  /** Runs after a batch was stored; may throw as a line that breaks before the answer would. */
  after: (call: number) => void = () => undefined;
  refuse: (line: number) => RefusalCode | null = () => null;

  raiseMany(statements: readonly string[]): BatchOutcome {
    const call = ++this.calls;
    this.before(call);
    const answers = statements.map((statement) => this.take(statement));
    this.after(call);
    return { results: answers, receipt: `receipt.of.${call}` };
  }

  private take(compact: string): BatchAnswer {
    const { claims, payloadHash } = decodeStatement(compact);
    const jti = claims['jti'] as string;
    const refused = this.refuse(this.held.size);
    if (refused) return { __typename: 'Refused', code: refused, message: 'No.', path: ['facts'], remedy: 'None.' };
    const known = this.held.get(jti);
    if (known !== undefined && known !== payloadHash) {
      return { __typename: 'Refused', code: 'REPLAYED', message: 'Known.', path: ['jti'], remedy: 'None.' };
    }
    this.held.set(jti, payloadHash);
    return {
      __typename: 'AlertAccepted',
      alertId: 'alert:x',
      jti,
      payloadHash,
      receivedAt: '',
      repeated: known !== undefined,
    };
  }
}

let folder = '';
let seat: OfficerSeat;
let shelf: Shelf;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'symbolon-import-'));
  seat = { member: 'nl-meetpunt', officer: 'desk-1', role: 'liaison', key: await generateSigningKey() };
  shelf = new Shelf();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function prepare(rows: readonly string[], patienceMs = 1000): Promise<ImportRun> {
  const path = join(folder, 'cases.csv');
  await writeFile(path, [HEADER, ...rows, ''].join('\n'));
  const file = await inspectFile(path);
  return {
    file,
    mapper: ctdcMapper(file.header, {
      exploitationCountryIs: 'exploitation',
      ageIs: 'registration',
      yearIs: 'episode-start',
    }),
    common: COMMON,
    batchSize: 10,
    destination: {
      store: KeyStore.open(join(folder, 'keys')),
      seat,
      audience: 'https://hub.example',
      patience: { giveUpAfterMs: patienceMs, firstPauseMs: 1, longestPauseMs: 5 },
      raiseMany: async (statements) => Promise.resolve(shelf.raiseMany(statements)),
    },
  };
}

const away = (): never => {
  throw new MemberError('HUB_UNREACHABLE', 'away', 'wait');
};
// Many equal rows, as in the published files: equal rows are different cases.
const rows = (count: number): string[] => Array.from({ length: count }, () => '2016,Female,1,,NL');

describe('an import', () => {
  it('brings every valid row in, equal rows too, and keeps the good ones when others are bad', async () => {
    const report = await runImport(await prepare([...rows(24), '2016,Nobody,1,,NL', '2016,Female', ...rows(3)]));
    expect(report).toMatchObject({ rows: 29, accepted: 27, acceptedBefore: 0, dryRun: false });
    expect(report.refused.map(({ line, column, code, by }) => [line, column, code, by])).toEqual([
      [26, 'gender', 'UNKNOWN_VALUE', 'importer'],
      [27, null, 'RAGGED_ROW', 'importer'],
    ]);
    expect(JSON.stringify(report)).not.toContain('Nobody');
    expect(shelf.held.size).toBe(27);
    expect(shelf.calls).toBe(3);
  });

  it('refuses a row that is not UTF-8 by line and column', async () => {
    const run = await prepare(rows(2));
    const broken = Buffer.concat([
      Buffer.from(`${HEADER}\n2016,Fem`),
      Buffer.from([0xff]),
      Buffer.from('le,1,,NL\n2016,Male,1,,NL\n'),
    ]);
    await writeFile(run.file.path, broken);
    const report = await runImport({ ...run, file: await inspectFile(run.file.path) });
    expect(report.refused).toEqual([expect.objectContaining({ line: 2, column: 'gender', code: 'BAD_ENCODING' })]);
    expect(report.accepted).toBe(1);
  });

  it('goes on where it was broken off, without a double or a gap', async () => {
    const run = await prepare(rows(95), 0);
    shelf.before = (call) => (call >= 4 ? away() : undefined);
    await expect(runImport(run)).rejects.toMatchObject({ code: 'HUB_UNREACHABLE' });
    const before = shelf.held.size;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(95);
    const calls = shelf.calls;
    shelf.before = () => undefined;
    const report = await runImport(run);
    expect(report).toMatchObject({ accepted: 95 - before, acceptedBefore: before });
    expect(shelf.held.size).toBe(95);
    expect(shelf.calls - calls).toBe(Math.ceil((95 - before) / 10));
  });

  it('counts nothing twice when the line breaks after the hub has stored a batch', async () => {
    const run = await prepare(rows(40), 0);
    shelf.after = (call) => (call === 2 ? away() : undefined);
    await expect(runImport(run)).rejects.toMatchObject({ code: 'HUB_UNREACHABLE' });
    shelf.after = () => undefined;
    const report = await runImport(run);
    expect(report.accepted + report.acceptedBefore).toBe(40);
    expect(shelf.held.size).toBe(40);
  });

  it('counts nothing twice when its journal is lost', async () => {
    const run = await prepare(rows(30));
    await runImport(run);
    const journals = join(folder, 'keys', 'nl-meetpunt', 'imports');
    for (const file of await readdir(journals)) if (file.endsWith('.jsonl')) await rm(join(journals, file));
    // A second later the statements differ, so that only their `jti` can tell.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await runImport(run)).toMatchObject({ accepted: 0, acceptedBefore: 30, refused: [] });
    expect(shelf.held.size).toBe(30);
  });

  it('reads a journal whose last line was torn', async () => {
    const run = await prepare(rows(20));
    await runImport(run);
    const journals = join(folder, 'keys', 'nl-meetpunt', 'imports');
    const [name = ''] = (await readdir(journals)).filter((file) => file.endsWith('.jsonl'));
    const text = await readFile(join(journals, name), 'utf8');
    await writeFile(join(journals, name), text.slice(0, -20));
    expect(await runImport(run)).toMatchObject({ accepted: 0, acceptedBefore: 20 });
    expect(await runImport(run)).toMatchObject({ accepted: 0, acceptedBefore: 20 });
    expect(shelf.held.size).toBe(20);
  });

  it('waits for a hub that is away and then goes on', async () => {
    shelf.before = (call) => (call === 1 || call === 3 ? away() : undefined);
    expect(await runImport(await prepare(rows(30)))).toMatchObject({ accepted: 30 });
  });

  it('reports what the hub refuses about a row and tries it again next time', async () => {
    const run = await prepare(rows(3));
    shelf.refuse = (held) => (held === 0 ? 'UNKNOWN_CODE' : null);
    const report = await runImport(run);
    expect(report.refused.map(({ line, code, by }) => [line, code, by])).toEqual([
      [2, 'UNKNOWN_CODE', 'hub'],
      [3, 'UNKNOWN_CODE', 'hub'],
      [4, 'UNKNOWN_CODE', 'hub'],
    ]);
    shelf.refuse = () => null;
    expect(await runImport(run)).toMatchObject({ accepted: 3, acceptedBefore: 0 });
  });

  it('stops at a refusal that every row would meet', async () => {
    shelf.refuse = () => 'MEMBER_SUSPENDED';
    await expect(runImport(await prepare(rows(100)))).rejects.toMatchObject({ code: 'MEMBER_SUSPENDED' });
    expect(shelf.calls).toBeLessThan(5);
    expect(shelf.held.size).toBe(0);
  });

  it('sends and stores nothing in a dry run', async () => {
    const report = await runImport({ ...(await prepare(rows(12))), destination: null });
    expect(report).toMatchObject({ dryRun: true, rows: 12, accepted: 12 });
    expect(shelf.calls).toBe(0);
    expect(await readdir(folder)).toEqual(['cases.csv']);
  });

  it('gives the same row another jti in another file, on another line and at another hub', async () => {
    const run = await prepare(rows(2));
    await runImport(run);
    await runImport(await prepare(rows(3)));
    const { destination } = run;
    if (destination)
      await runImport({
        ...run,
        file: await inspectFile(run.file.path),
        destination: { ...destination, audience: 'https://other.example' },
      });
    expect(shelf.held.size).toBe(2 + 3 + 3);
  });
});
