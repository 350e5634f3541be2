import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import {
  CeremonyBoard,
  CeremonyDesk,
  holdCeremony,
  makeIdentity,
  openFolder,
  pathsIn,
  type OpenFolder,
} from '../../src/custodian/index.js';
import {
  CEREMONY_TYPE,
  drawPolynomials,
  nextStep,
  readGenerationPlan,
  readMessage,
  refreshPlan,
  signWords,
  Transcript,
  type CeremonyPlan,
  type CeremonyWords,
  type GenerationPlan,
} from '../../src/protocol/custodian/index.js';
import { decodeStatement } from '../../src/protocol/index.js';
import { AUDIENCE, NOW } from '../protocol/custodian/custodians.js';

const CODES = ['xa-one', 'xb-two', 'xc-three'];
const PASSPHRASE = 'correct horse battery';

let root: string;
let folders: OpenFolder[];
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'symbolon-desk-'));
  for (const code of CODES)
    await makeIdentity(pathsIn(join(root, code)).identity, code, `https://${code}.example`, PASSPHRASE);
  folders = await Promise.all(CODES.map(reopen));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const reopen = (code: string): Promise<OpenFolder> => openFolder(join(root, code), PASSPHRASE);
const boardOf = ({ id }: CeremonyPlan): CeremonyBoard => new CeremonyBoard(join(root, 'board', id));

function folderOf(code: string): OpenFolder {
  const found = folders.find(({ identity }) => identity.card.code === code);
  if (!found) throw new Error(`no ${code}`);
  return found;
}

const planOf = (change: object = {}): Promise<GenerationPlan> =>
  readGenerationPlan(
    JSON.stringify({
      ...{ kind: 'generation', epoch: '2027-1', audience: AUDIENCE, threshold: 2, scryptN: 16 },
      ...{ validFrom: NOW, validUntil: NOW + 86_400, ...change },
      custodians: folders.map(({ identity: { card } }, at) => ({ index: at + 1, ...card })),
    }),
  );

/** Makes an epoch of all three. */
async function makeEpoch(change: object = {}): Promise<void> {
  const plan = await planOf(change);
  await holdCeremony(folders, plan, boardOf(plan), NOW);
}

function fileOf(code: string, epoch = '2027-1'): string {
  return join(root, code, 'epochs', `${epoch}.json`);
}

async function messagesOn(board: CeremonyBoard, plan: CeremonyPlan) {
  const said = (await board.read()).filter((message) => decodeStatement(message).typ === CEREMONY_TYPE);
  return Promise.all(said.map((message) => readMessage(message, plan)));
}

it('keeps the shares of a refresh from what somebody answers unasked', async () => {
  await makeEpoch();
  const before = folderOf('xa-one').epochs.find('2027-1');
  if (!before) throw new Error('no epoch');
  const plan = refreshPlan(before, 1);
  const board = boardOf(plan);
  const desks = folders.map((folder) => new CeremonyDesk(folder, plan, board));
  for (const round of ['commit', 'deal', 'judge'])
    for (const desk of desks) expect(await desk.step(NOW)).toEqual({ kind: 'said', round });
  const { group, identity } = folderOf('xc-three');
  const junk = { DOC: group.randomScalar(), FULL: group.randomScalar(), PARTIAL: group.randomScalar() };
  const seen = new Transcript(plan, await messagesOn(board, plan)).seenBefore('answer');
  const envelope = { from: 'xc-three', ceremony: plan.id, seen, issuedAt: NOW };
  const words = { round: 'answer' as const, shares: { 'xa-one': junk, 'xb-two': junk } };
  await board.add(await signWords(words, envelope, identity.key));
  await holdCeremony(folders, plan, board, NOW);
  for (const code of CODES) {
    const { epochs } = await reopen(code);
    expect([epochs.find('2027-1')?.description.generation, epochs.spoilt]).toEqual([1, []]);
  }
});

it('comes to nothing else once it signed: a late answer of an accused dealer leaves nobody waiting', async () => {
  const plan = await planOf();
  const board = boardOf(plan);
  const [first, second] = ['xa-one', 'xb-two'].map((code) => new CeremonyDesk(folderOf(code), plan, board));
  if (!first || !second) throw new Error('no desks');
  const { group, identity } = folderOf('xc-three');
  const { key, sealingPrivateKey } = identity;
  const polynomials = drawPolynomials(group, plan);
  const third = async (change: (words: CeremonyWords) => CeremonyWords = (words) => words): Promise<void> => {
    const seat = { code: 'xc-three', key, sealingPrivateKey };
    const step = await nextStep(group, plan, seat, polynomials, await board.read(), { issuedAt: NOW });
    if (step.kind !== 'say') throw new Error('it has something to say');
    const message = await readMessage(step.message, plan);
    const { seen } = message;
    await board.add(
      await signWords(change(message), { from: 'xc-three', ceremony: plan.id, seen, issuedAt: NOW }, key),
    );
  };
  const withoutFirst = (words: CeremonyWords): CeremonyWords =>
    words.round === 'deal' ? { ...words, sealed: { 'xb-two': words.sealed['xb-two'] ?? '' } } : words;
  for (const change of [undefined, withoutFirst, undefined]) {
    await first.step(NOW);
    await second.step(NOW);
    await third(change);
  }
  expect(await first.step(NOW)).toMatchObject({ kind: 'waiting', round: 'answer' });
  expect(await first.step(NOW, ['xc-three'])).toEqual({ kind: 'said', round: 'confirm' });
  const signed = (await board.read()).find((message) => decodeStatement(message).typ !== CEREMONY_TYPE) ?? '';
  // The board of the first has what it says next: read without what was signed, the dealer answers in truth.
  rmSync(join(board.folder, `${decodeStatement(signed).payloadHash}.${decodeStatement(signed).kid}.jws`));
  await third();
  await board.add(signed);
  // The first was started anew, and its operator did not say again whom it gave up.
  const again = new CeremonyDesk(await reopen('xa-one'), plan, board);
  expect(await again.step(NOW)).toEqual({ kind: 'waiting', round: 'confirm', missing: ['xb-two'] });
  expect(await second.step(NOW, ['xc-three'])).toEqual({ kind: 'said', round: 'confirm' });
  for (const desk of [again, second])
    expect(await desk.step(NOW)).toMatchObject({ kind: 'done', generation: 0, faults: [{ kind: 'no-answer' }] });
});

it('does not make an epoch under the name of one that is held', async () => {
  await makeEpoch();
  const sealed = CODES.map((code) => readFileSync(fileOf(code), 'utf8'));
  await expect(makeEpoch({ scryptN: 32 })).rejects.toMatchObject({ code: 'EXISTS' });
  // Nor when both ceremonies began before either was over.
  const held = folderOf('xa-one').epochs.find('2027-1');
  if (!held) throw new Error('no epoch');
  const other = { ...held, hash: 'A'.repeat(43) };
  await expect(folderOf('xa-one').epochs.save(other, held.shares, null)).rejects.toMatchObject({ code: 'EXISTS' });
  expect(CODES.map((code) => readFileSync(fileOf(code), 'utf8'))).toEqual(sealed);
});

it('writes no share that the epoch does not commit it to', async () => {
  await makeEpoch();
  const sealed = readFileSync(fileOf('xa-one'), 'utf8');
  const { epochs, group } = folderOf('xa-one');
  const held = epochs.find('2027-1');
  if (!held) throw new Error('no epoch');
  const next = { ...held, hash: 'A'.repeat(43) };
  const shares = { ...held.shares, FULL: group.randomScalar() };
  await expect(epochs.save(next, shares, held.hash)).rejects.toMatchObject({ code: 'BROKEN_STATE' });
  expect(readFileSync(fileOf('xa-one'), 'utf8')).toBe(sealed);
});

it('serves the other epochs when one is spoilt, and says which', async () => {
  await makeEpoch();
  await makeEpoch({ epoch: '2027-2' });
  appendFileSync(fileOf('xa-one'), 'rest');
  const file: unknown = JSON.parse(readFileSync(fileOf('xb-two'), 'utf8'));
  writeFileSync(fileOf('xb-two'), JSON.stringify(Object.assign({}, file, { seal: null })));
  for (const code of ['xa-one', 'xb-two']) {
    const { epochs } = await reopen(code);
    expect(epochs.all().map(({ description }) => description.epoch)).toEqual(['2027-2']);
    expect([epochs.names(), epochs.spoilt]).toEqual([['2027-1', '2027-2'], ['2027-1']]);
  }
});

it('destroys the shares of an epoch a day after its end, and those of no other', async () => {
  for (const plan of [await planOf(), await planOf({ epoch: '2027-2', validUntil: NOW + 90 * 86_400 })])
    await holdCeremony(folders, plan, boardOf(plan), NOW);
  const { epochs, paths } = folderOf('xa-one');
  expect(await epochs.destroyEnded(NOW + 2 * 86_400 - 1)).toEqual([]);
  expect(epochs.names()).toEqual(['2027-1', '2027-2']);
  expect(await epochs.destroyEnded(NOW + 2 * 86_400)).toEqual(['2027-1']);
  expect(readdirSync(paths.epochs)).toEqual(['2027-2.json']);
  expect(epochs.all().map(({ description }) => description.epoch)).toEqual(['2027-2']);
  expect((await reopen('xa-one')).epochs.names()).toEqual(['2027-2']);
});
