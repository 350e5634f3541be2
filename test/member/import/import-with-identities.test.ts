import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntryDetail } from '../../../src/custodian/chain-entry.js';
import { budgetRemedy } from '../../../src/member/cli/budget-remedy.js';
import { readGrants } from '../../../src/member/index.js';
import { inspectFile } from '../../../src/member/import/csv-rows.js';
import { ctdcMapper } from '../../../src/member/import/ctdc-mapper.js';
import { GrantedBudgets } from '../../../src/member/import/granted-budgets.js';
import { IdentityRows } from '../../../src/member/import/identity-rows.js';
import { runImport, type ImportRun } from '../../../src/member/import/run-import.js';
import { MemberError } from '../../../src/member/index.js';
import { KeyStore } from '../../../src/member/files/index.js';
import { signGrant } from '../../../src/protocol/custodian/index.js';
import {
  alertIdOf,
  decodeStatement,
  readDisclosure,
  splitSent,
  type AlertContent,
  type TokenDisclosure,
} from '../../../src/protocol/index.js';
import { CustodianProcesses } from '../custodian-processes.js';

const CODES = ['xa-one', 'xb-two', 'xc-three'];
const AUDIENCE = 'https://hub.example';
const HEADER = 'caseId,yearOfRegistration,gender,isForcedLabour,isSexualExploit,CountryOfExploitation';
const MARKERS = /zorvekplim|quastel|drovnik|1991|7654321|case-\d/i;

/** What one alert was when the hub stored it. */
interface Stored {
  readonly tokens: TokenDisclosure | null;
  readonly sent: string;
}

let custodians: CustodianProcesses;
let folder: string;
/** The hub: it stores by `jti`, once. */
let held: Map<string, Stored>;
let beforeBatch: () => void;
/** Whether the hub refuses every row that has tokens, as it does what it cannot read. */
let refusesTokens: boolean;

beforeAll(async () => {
  custodians = await CustodianProcesses.make(undefined, { policy: { alertsPerDay: 6 } });
  await Promise.all(CODES.map((code) => custodians.start(code)));
});
afterAll(() => custodians.remove());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'symbolon-import-'));
  held = new Map();
  beforeBatch = () => undefined;
  refusesTokens = false;
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What the custodians answered so far, of whatever member. */
function evaluated(): readonly Extract<EntryDetail, { kind: 'evaluated' }>[] {
  return CODES.flatMap((code) => {
    const text = readFileSync(join(custodians.folder, code, 'chain.jsonl'), 'utf8').trim();
    const entries = text.split('\n').map((line): EntryDetail => JSON.parse(JSON.parse(line).detail));
    return entries.flatMap((entry) => (entry.kind === 'evaluated' ? [entry] : []));
  });
}

function evaluatedIds(): ReadonlySet<string> {
  return new Set(evaluated().map(({ alert }) => alert));
}

function take(sent: string): unknown {
  const { compact, disclosure } = splitSent(sent);
  if (refusesTokens && disclosure !== null)
    return { __typename: 'Refused', code: 'SCHEMA_INVALID', message: 'Not so.', path: ['linkage'], remedy: '' };
  const { claims } = decodeStatement(compact);
  const jti = typeof claims['jti'] === 'string' ? claims['jti'] : '';
  if (held.has(jti)) return { __typename: 'Refused', code: 'REPLAYED', message: 'Known.', path: ['jti'], remedy: '' };
  const [content] = Object.values(claims['events'] as unknown as Record<string, AlertContent>);
  const expected = { digest: content?.linkage?.digest ?? '', alert: alertIdOf(custodians.seat.member, jti) };
  held.set(jti, { tokens: disclosure === null ? null : readDisclosure(disclosure, expected), sent });
  return {
    __typename: 'AlertAccepted',
    alertId: expected.alert,
    jti,
    payloadHash: '',
    receivedAt: '',
    repeated: false,
  };
}

interface Given {
  readonly cases: readonly string[];
  readonly persons: readonly string[];
  readonly grants?: GrantedBudgets;
  readonly epochs?: 'open' | 'none';
  /** The place of the column of case ids; the second names the case by another id. */
  readonly column?: number;
}

async function prepare({
  cases,
  persons,
  grants = GrantedBudgets.none(),
  epochs = 'open',
  column = 0,
}: Given): Promise<ImportRun> {
  const [path, identities] = [join(folder, 'cases.csv'), join(folder, 'persons.csv')];
  writeFileSync(path, [HEADER, ...cases.map((id) => `${id},2016,Female,1,,NL`), ''].join('\n'));
  writeFileSync(identities, ['caseId,given,family,birthDate,birthCountry,birthPlace', ...persons, ''].join('\n'));
  const file = await inspectFile(path);
  const store = KeyStore.open(join(folder, 'keys'));
  const { seat } = custodians;
  if ((await store.list()).length === 0) await store.saveOfficerKey(seat);
  const proxies = { exploitationCountryIs: 'exploitation', ageIs: 'registration', yearIs: 'episode-start' } as const;
  return {
    file,
    mapper: ctdcMapper(file.header, proxies),
    common: {
      kind: 'case',
      legalBasis: { ground: 'public-task' },
      handling: { purposes: ['protection'], audience: { kinds: ['rapporteur'] }, code: 'H0' },
      evaluation: { source: 'X', information: 4 },
      expires: '2027-01-01',
    },
    identities: { rows: await IdentityRows.read(identities), column },
    destination: {
      ...{ store, seat, audience: AUDIENCE },
      patience: { giveUpAfterMs: 0, firstPauseMs: 1, longestPauseMs: 5 },
      raiseMany: async (statements) => {
        beforeBatch();
        return { results: statements.map(take) as never, receipt: 'a.b.c' };
      },
      tokens: {
        purpose: 'protection',
        agreement: async () => ({
          profile: 'symbolon-linkage/1',
          epochs: epochs === 'open' ? [custodians.epoch()] : [],
        }),
        grants,
        vault: await store.vault(seat.member, seat.officer),
        holds: async (alert) => [...held.keys()].some((jti) => alertIdOf(seat.member, jti) === alert),
        evaluation: { deadlineMs: 30_000, hurryMs: 30_000 },
      },
    },
  };
}

const person = (id: string, name: string): string => `${id},Zorvekplim ${name},Quastelburn,1991-05-17,AL,Drovnik`;

/** Budgets that another member granted, one after another, each for so many alerts. */
async function granted(...sizes: readonly number[]): Promise<GrantedBudgets> {
  const { other, seat } = custodians;
  if (!other) throw new Error('nobody grants');
  const issuedAt = Math.floor(Date.now() / 1000);
  const statements = sizes.map((alerts) =>
    signGrant(
      { member: seat.member, epoch: '2027-1', alerts, partial: 500, until: issuedAt + 3600 },
      { member: other.member, audience: AUDIENCE, issuedAt },
      other.key,
    ),
  );
  const text = (await Promise.all(statements)).join('\n');
  const agreement = { profile: 'symbolon-linkage/1', epochs: [custodians.epoch()] };
  return GrantedBudgets.bring(readGrants(text, AUDIENCE), agreement, seat.member);
}

/** The files of tokens that are kept. */
function keptTokens(): readonly string[] {
  return readdirSync(join(folder, 'keys', 'xa-member', 'imports')).filter((name) => name.endsWith('.tokens'));
}

/** The tokens of the alerts that the hub holds, in order. */
function tokensHeld(): readonly unknown[] {
  return [...held.values()].map(({ tokens }) => tokens?.epochs ?? null);
}

/** All that lies in the folder of keys. */
function keptHere(): string {
  const imports = join(folder, 'keys', 'xa-member', 'imports');
  return readdirSync(imports)
    .map((name) => readFileSync(join(imports, name), 'latin1'))
    .join('\n');
}

const away = (): never => {
  throw new MemberError('HUB_UNREACHABLE', 'away', 'wait');
};

describe('an import that knows whom its cases are about', () => {
  it('makes tokens for them, leaves the others without, and keeps the good rows when an identity is bad', async () => {
    const run = await prepare({
      cases: ['case-1', 'case-2', 'case-3', 'case-4', 'case-1'],
      persons: [
        person('case-1', 'Ada'),
        'case-3,Zorvekplim,Quastelburn,17th of May,,',
        'case-4,Zorvekplim,,,,',
        'case-9,Zora,,,,',
      ],
    });
    const report = await runImport(run);
    expect(report).toMatchObject({ accepted: 4, stopped: null });
    expect(report.refused).toEqual([
      expect.objectContaining({ line: 4, column: 'identity birthDate', code: 'BIRTH_DATE_UNREADABLE', by: 'importer' }),
    ]);
    expect(report.identities).toEqual({
      ...{ withTokens: 2, withoutIdentity: 1, tooWeak: [5], unused: [5] },
      wanted: { alerts: 0, partial: 0 },
    });
    const tokens = [...held.values()].flatMap(({ tokens: made }) => (made ? [made.epochs] : []));
    expect(tokens).toHaveLength(2);
    expect(tokens[0]).toEqual(tokens[1]); // the same case, two rows: the same person
    expect(tokens[0]?.[0]?.tokens.length).toBeGreaterThan(3);
    for (const text of [JSON.stringify(report), keptHere(), [...held.values()].map(({ sent }) => sent).join()])
      expect(text).not.toMatch(MARKERS);
  });

  it('asks the custodians for nothing twice when the hub was away after they had answered', async () => {
    const run = await prepare({
      cases: ['case-1', 'case-2'],
      persons: [person('case-1', 'Bea'), person('case-2', 'Cora')],
      grants: await granted(50),
    });
    beforeBatch = away;
    await expect(runImport(run)).rejects.toMatchObject({ code: 'HUB_UNREACHABLE' });
    expect(keptHere()).not.toMatch(MARKERS);
    const before = evaluated().length;
    beforeBatch = () => undefined;
    expect(await runImport(run)).toMatchObject({ accepted: 2, identities: { withTokens: 2 } });
    expect(evaluated()).toHaveLength(before);
    // Nothing sealed is left when the hub has it all.
    expect(
      readdirSync(join(folder, 'keys', 'xa-member', 'imports')).filter((name) => name.endsWith('.tokens')),
    ).toEqual([]);
  });

  it('asks anew, under another id, for what was answered and lost', async () => {
    const run = await prepare({ cases: ['case-1'], persons: [person('case-1', 'Dora')], grants: await granted(50) });
    const before = evaluatedIds();
    beforeBatch = away;
    await expect(runImport(run)).rejects.toMatchObject({ code: 'HUB_UNREACHABLE' });
    const imports = join(folder, 'keys', 'xa-member', 'imports');
    for (const name of readdirSync(imports)) if (name.endsWith('.tokens')) rmSync(join(imports, name));
    beforeBatch = () => undefined;
    expect(await runImport(run)).toMatchObject({ accepted: 1, identities: { withTokens: 1 } });
    expect([...held.values()][0]?.tokens).not.toBeNull();
    const [stored] = held.keys();
    const alert = alertIdOf(custodians.seat.member, stored ?? '');
    const asked = evaluated().filter((one) => !before.has(one.alert));
    expect(asked.filter((one) => one.alert !== alert)).toHaveLength(2);
  });

  it('sends no tokens of whom a row was about before the identity was corrected', async () => {
    const cases = ['case-1', 'case-2', 'case-1'];
    const wrong = [person('case-1', 'Gerda'), person('case-2', 'Hilla')];
    beforeBatch = away;
    const grants = await granted(50);
    await expect(runImport(await prepare({ cases, persons: wrong, grants }))).rejects.toMatchObject({
      code: 'HUB_UNREACHABLE',
    });
    beforeBatch = () => undefined;
    const before = evaluatedIds();
    const right = [person('case-1', 'Ilvana'), person('case-2', 'Hilla')];
    expect(await runImport(await prepare({ cases, persons: right, grants }))).toMatchObject({ accepted: 3 });
    // The row that stayed the same spends nothing anew; the others are asked under other ids.
    expect(new Set(evaluated().flatMap(({ alert }) => (before.has(alert) ? [] : [alert]))).size).toBe(2);
    expect(keptTokens()).toEqual([]);
    const [first, second, third] = tokensHeld();
    expect(first).toEqual(third);
    // What is right is what a run makes that had nothing kept.
    held = new Map();
    rmSync(join(folder, 'keys'), { recursive: true });
    await runImport(await prepare({ cases, persons: right, grants }));
    expect(tokensHeld()).toEqual([first, second, third]);
  });

  it('sends no tokens of whom a row was about by another column of case ids', async () => {
    // The year of each row is the id of a case as well, and names the other person.
    const cases = ['case-1'];
    const persons = [person('case-1', 'Jolka'), person('2016', 'Kirva')];
    const grants = await granted(50);
    beforeBatch = away;
    await expect(runImport(await prepare({ cases, persons, grants }))).rejects.toMatchObject({
      code: 'HUB_UNREACHABLE',
    });
    beforeBatch = () => undefined;
    expect(await runImport(await prepare({ cases, persons, grants, column: 1 }))).toMatchObject({
      identities: { withTokens: 1 },
    });
    const sent = tokensHeld();
    expect(sent).toHaveLength(1);
    held = new Map();
    rmSync(join(folder, 'keys'), { recursive: true });
    await runImport(await prepare({ cases, persons: [person('case-1', 'Kirva')], grants }));
    expect(tokensHeld()).toEqual(sent);
  });

  it('keeps nothing for a row that the hub refused', async () => {
    const given = { cases: ['case-1', 'case-2'], persons: [person('case-1', 'Lurda')], grants: await granted(50) };
    refusesTokens = true;
    const report = await runImport(await prepare(given));
    expect(report).toMatchObject({ accepted: 1, refused: [{ line: 2, code: 'SCHEMA_INVALID', by: 'hub' }] });
    expect(keptTokens()).toEqual([]);
  });

  it('makes no tokens anew when its journal is lost and the hub has the rows', async () => {
    const run = await prepare({ cases: ['case-1'], persons: [person('case-1', 'Ella')], grants: await granted(50) });
    await runImport(run);
    const imports = join(folder, 'keys', 'xa-member', 'imports');
    for (const name of readdirSync(imports)) if (name.endsWith('.jsonl')) rmSync(join(imports, name));
    const before = evaluated().length;
    expect(await runImport(run)).toMatchObject({ accepted: 0, acceptedBefore: 1, identities: { withTokens: 0 } });
    // The spare, which was not asked the first time, cannot know that the others were.
    expect(evaluated().length - before).toBeLessThanOrEqual(1);
  });

  it('stops when the budget is used up, says what to ask another member for, and goes on with the grant', async () => {
    const cases = Array.from({ length: 16 }, (_, at) => `case-${at}`);
    const persons = cases.slice(0, 15).map((id, at) => person(id, `${'abcdefghijklmno'[at]}ula`));
    const run = await prepare({ cases, persons });
    const stopped = await runImport(run);
    const sent = stopped.identities?.withTokens ?? 0;
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(15);
    // The row that needs no tokens goes all the same.
    expect(stopped).toMatchObject({ accepted: sent + 1, identities: { wanted: { alerts: 15 - sent } } });
    expect(stopped.stopped?.code).toBe('BUDGET_OFFICER');
    const remedy = budgetRemedy('BUDGET_OFFICER', stopped.identities?.wanted ?? { alerts: 0, partial: 0 }, 'xa-member');
    expect(remedy).toContain(
      `symbolon custodian grant xa-member --alerts ${15 - sent} --partial ${stopped.identities?.wanted.partial} --out`,
    );
    expect(await runImport(run)).toMatchObject({ accepted: 0, stopped: { code: 'BUDGET_OFFICER' } });
    // A grant that is too small is used, and another stop follows.
    const small = await runImport(await prepare({ cases, persons, grants: await granted(1) }));
    expect(small.stopped?.code).toBe('BUDGET_GRANT');
    const rest = await runImport(await prepare({ cases, persons, grants: await granted(15) }));
    expect(rest).toMatchObject({ stopped: null, identities: { wanted: { alerts: 0 } } });
    expect(held.size).toBe(16);
    expect([...held.values()].filter(({ tokens }) => tokens !== null)).toHaveLength(15);
  });

  it('leaves rows with identities waiting while no epoch is open, and counts what they want in a dry run', async () => {
    const given = { cases: ['case-1', 'case-2'], persons: [person('case-1', 'Fina')] };
    const waiting = await runImport(await prepare({ ...given, epochs: 'none' }));
    expect(waiting).toMatchObject({
      accepted: 1,
      identities: { wanted: { alerts: 1 } },
      stopped: { code: 'BAD_INPUT' },
    });
    const dry = await runImport({ ...(await prepare(given)), destination: null });
    expect(dry).toMatchObject({ dryRun: true, accepted: 2, identities: { withTokens: 1, wanted: { alerts: 1 } } });
    expect(dry.identities?.wanted.partial).toBeGreaterThan(0);
  });
});

describe('a granted budget', () => {
  it('is used after the one before it, and the last is not left for the daily one', async () => {
    const budgets = await granted(1, 1);
    const first = budgets.of('2027-1') ?? '';
    expect(budgets.next('2027-1', first)).toBe(true);
    const second = budgets.of('2027-1') ?? '';
    expect(second).not.toBe(first);
    expect(budgets.next('2027-1', first)).toBe(true); // another request that met the same refusal
    expect(budgets.next('2027-1', second)).toBe(false);
    expect(budgets.of('2027-1')).toBe(second);
    expect([budgets.of('2031-1'), GrantedBudgets.none().of('2027-1')]).toEqual([null, null]);
  });

  it('for another member, or for no epoch that is open, is refused before anything is sent', async () => {
    const { other, seat } = custodians;
    if (!other) throw new Error('nobody grants');
    const issuedAt = Math.floor(Date.now() / 1000);
    const grantOf = async (member: string, epoch: string) =>
      readGrants(
        await signGrant(
          { member, epoch, alerts: 1, partial: 0, until: issuedAt + 60 },
          { member: other.member, audience: AUDIENCE, issuedAt },
          other.key,
        ),
        AUDIENCE,
      );
    const agreement = { profile: 'symbolon-linkage/1', epochs: [custodians.epoch()] };
    for (const grants of [await grantOf('xc-other', '2027-1'), await grantOf(seat.member, '2031-1')])
      await expect(GrantedBudgets.bring(grants, agreement, seat.member)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
