import { join } from 'node:path';
import { decodeCanonicalBase64url, decodeStatement, encodeBase64url } from '../protocol/index.js';
import {
  CEREMONY_TYPE,
  drawPolynomials,
  eachClass,
  EPOCH_TYPE,
  nextStep,
  partiesOf,
  readEpoch,
  signEpoch,
  type CeremonyOutcome,
  type CeremonyPlan,
  type Fault,
  type Polynomials,
  type Round,
} from '../protocol/custodian/index.js';
import { CustodianError } from './custodian-error.js';
import type { OpenFolder } from './custodian-folder.js';
import { findText, namesIn, writeDurably } from './durable-file.js';
import { isRecord, openText, sealText } from './sealed-text.js';

/** How far a ceremony has come. */
export type CeremonyProgress =
  | { readonly kind: 'said'; readonly round: Round | 'confirm' }
  | { readonly kind: 'waiting'; readonly round: Round | 'confirm'; readonly missing: readonly string[] }
  | { readonly kind: 'done'; readonly epoch: string; readonly generation: number; readonly faults: readonly Fault[] };

/** Where the messages of a ceremony lie: a folder that custodians share, or a custodian's own that others read over HTTP. */
export class CeremonyBoard {
  constructor(readonly folder: string) {}

  async read(): Promise<readonly string[]> {
    const names = (await namesIn(this.folder)).filter((name) => name.endsWith('.jws'));
    const texts = await Promise.all(names.map((name) => findText(join(this.folder, name))));
    return texts.flatMap((text) => (text === null ? [] : [text.trim()]));
  }

  /** Adds a message under the hash of what was signed; the same again changes nothing. */
  async add(compact: string): Promise<void> {
    const { payloadHash, kid } = decodeStatement(compact);
    const path = join(this.folder, `${payloadHash}.${kid}.jws`);
    if ((await findText(path)) === null) await writeDurably(path, `${compact}\n`);
  }
}

/**
 * Does what this custodian has to do next in a ceremony or refresh, and keeps what it drew until the end, sealed. Call it until it is done.
 * When all custodians signed the same description it is put among the epochs, and former shares are overwritten.
 * Throws `Refusal` when messages do not belong together, `CustodianError`. `now` in seconds since 1970.
 */
export async function stepCeremony(
  folder: OpenFolder,
  plan: CeremonyPlan,
  board: CeremonyBoard,
  now: number,
  givenUp: readonly string[] = [],
): Promise<CeremonyProgress> {
  const { group, identity, epochs } = folder;
  const { code } = identity.card;
  const messages = await board.read();
  const said = messages.filter((message) => decodeStatement(message).typ === CEREMONY_TYPE);
  const shares = plan.kind === 'refresh' ? epochs.find(plan.before.description.epoch)?.shares : undefined;
  const seat = {
    code,
    key: identity.key,
    sealingPrivateKey: identity.sealingPrivateKey,
    ...(shares ? { shares } : {}),
  };
  const step = await nextStep(group, plan, seat, await polynomialsOf(folder, plan), said, { issuedAt: now, givenUp });
  if (step.kind === 'wait') return { kind: 'waiting', round: step.round, missing: step.missing };
  if (step.kind === 'say') {
    await board.add(step.message);
    return { kind: 'said', round: step.round };
  }
  return confirm(folder, plan, board, messages, step.outcome);
}

async function confirm(
  { group, identity, epochs, paths }: OpenFolder,
  plan: CeremonyPlan,
  board: CeremonyBoard,
  messages: readonly string[],
  { description, shares, faults }: CeremonyOutcome,
): Promise<CeremonyProgress> {
  const own = await signEpoch(description, identity.key);
  const { payloadHash } = decodeStatement(own);
  const confirmed = messages.filter((message) => {
    const { typ, payloadHash: other } = decodeStatement(message);
    return typ === EPOCH_TYPE && other === payloadHash;
  });
  const signers = new Set(confirmed.map((message) => decodeStatement(message).kid));
  if (!signers.has(identity.key.kid) && description.custodians.some(({ code }) => code === identity.card.code)) {
    await board.add(own);
    return { kind: 'said', round: 'confirm' };
  }
  const missing = description.custodians.filter(({ key }) => !signers.has(key.kid)).map(({ code }) => code);
  if (missing.length > 0) return { kind: 'waiting', round: 'confirm', missing };
  const known = new Map(partiesOf(plan).custodians.map(({ code, key }) => [code, key.kid]));
  if (signers.has(identity.key.kid)) await epochs.save(await readEpoch(group, confirmed, known), shares);
  await writeDurably(join(paths.drawn, `${plan.id}.json`), '{"over":true}\n');
  return { kind: 'done', epoch: description.epoch, generation: description.generation, faults };
}

/** What this custodian drew for a ceremony: the same after a crash, because its commitments are out. */
async function polynomialsOf({ group, paths, passphrase }: OpenFolder, plan: CeremonyPlan): Promise<Polynomials> {
  const path = join(paths.drawn, `${plan.id}.json`);
  const purpose = `symbolon polynomials ${plan.id}`;
  const text = await findText(path);
  if (text === null) {
    const drawn = drawPolynomials(group, plan);
    const written = JSON.stringify(eachClass((keyClass) => drawn[keyClass].map(encodeBase64url)));
    await writeDurably(path, `${JSON.stringify(await sealText(written, passphrase, purpose))}\n`);
    return drawn;
  }
  const file: unknown = JSON.parse(text);
  if (isRecord(file) && file['over'] === true)
    throw new CustodianError(
      'EXISTS',
      'This ceremony is over.',
      'The epoch is served already; make a new plan for another.',
    );
  const read: unknown = JSON.parse(await openText(file, passphrase, purpose));
  return eachClass((keyClass) => {
    const list = isRecord(read) ? read[keyClass] : null;
    const scalars = Array.isArray(list) ? list.map((one) => decodeCanonicalBase64url(String(one))) : [];
    const fine = scalars.filter((scalar) => scalar !== null && group.isScalar(scalar));
    if (fine.length === 0 || fine.length !== scalars.length)
      throw new CustodianError('BROKEN_STATE', 'What was drawn for this ceremony is spoilt.', 'Make a new plan.');
    return fine.flatMap((scalar) => (scalar ? [scalar] : []));
  });
}
