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
import type { Ristretto } from '../protocol/oprf/index.js';
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
 * A custodian's part in one ceremony or refresh. What it draws it keeps until the end, sealed, so that it is the same after a crash: its
 * commitments are out.
 */
export class CeremonyDesk {
  private drawn: Polynomials | null = null;

  constructor(
    private readonly folder: OpenFolder,
    private readonly plan: CeremonyPlan,
    private readonly board: CeremonyBoard,
  ) {}

  /**
   * Does what this custodian has to do next. Call it until it is done. When all custodians signed the same description it is put among the
   * epochs, and former shares are overwritten. `givenUp` are accused dealers that did not answer in the time agreed. `now` in seconds since
   * 1970. Throws `Refusal` when messages do not belong together, `CustodianError`.
   */
  async step(now: number, givenUp: readonly string[] = []): Promise<CeremonyProgress> {
    const { group, identity, epochs } = this.folder;
    const { plan, board } = this;
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
    this.drawn ??= await this.findOrDraw();
    const step = await nextStep(group, plan, seat, this.drawn, said, { issuedAt: now, givenUp });
    if (step.kind === 'wait') return { kind: 'waiting', round: step.round, missing: step.missing };
    if (step.kind === 'settled') return this.confirm(messages, step.outcome);
    await board.add(step.message);
    return { kind: 'said', round: step.round };
  }

  private async confirm(
    messages: readonly string[],
    { description, shares, faults }: CeremonyOutcome,
  ): Promise<CeremonyProgress> {
    const { group, identity, epochs } = this.folder;
    const own = await signEpoch(description, identity.key);
    const { payloadHash } = decodeStatement(own);
    const confirmed = messages.filter((message) => {
      const { typ, payloadHash: other } = decodeStatement(message);
      return typ === EPOCH_TYPE && other === payloadHash;
    });
    const signers = new Set(confirmed.map((message) => decodeStatement(message).kid));
    const takesPart = description.custodians.some(({ code }) => code === identity.card.code);
    if (takesPart && !signers.has(identity.key.kid)) {
      await this.board.add(own);
      return { kind: 'said', round: 'confirm' };
    }
    const missing = description.custodians.filter(({ key }) => !signers.has(key.kid)).map(({ code }) => code);
    if (missing.length > 0) return { kind: 'waiting', round: 'confirm', missing };
    const known = new Map(partiesOf(this.plan).custodians.map(({ code, key }) => [code, key.kid]));
    if (takesPart) await epochs.save(await readEpoch(group, confirmed, known), shares);
    await writeDurably(this.place, '{"over":true}\n');
    return { kind: 'done', epoch: description.epoch, generation: description.generation, faults };
  }

  private get place(): string {
    return join(this.folder.paths.drawn, `${this.plan.id}.json`);
  }

  private async findOrDraw(): Promise<Polynomials> {
    const { group, passphrase } = this.folder;
    const purpose = `symbolon polynomials ${this.plan.id}`;
    const text = await findText(this.place);
    if (text !== null) return readPolynomials(group, await openDrawn(JSON.parse(text), passphrase, purpose));
    const drawn = drawPolynomials(group, this.plan);
    const written = JSON.stringify(eachClass((keyClass) => drawn[keyClass].map(encodeBase64url)));
    await writeDurably(this.place, `${JSON.stringify(await sealText(written, passphrase, purpose))}\n`);
    return drawn;
  }
}

/** Holds a ceremony among custodians whose folders all lie here, as on a sandbox. */
export async function holdCeremony(
  folders: readonly OpenFolder[],
  plan: CeremonyPlan,
  board: CeremonyBoard,
  now: number,
): Promise<void> {
  const desks = new Set(folders.map((folder) => new CeremonyDesk(folder, plan, board)));
  while (desks.size > 0)
    for (const desk of desks) {
      const { kind } = await desk.step(now);
      if (kind === 'done') desks.delete(desk);
    }
}

async function openDrawn(file: unknown, passphrase: string, purpose: string): Promise<unknown> {
  if (isRecord(file) && file['over'] === true)
    throw new CustodianError('EXISTS', 'This ceremony is over.', 'Its epoch is served; make a new plan for another.');
  return JSON.parse(await openText(file, passphrase, purpose));
}

function readPolynomials(group: Ristretto, written: unknown): Polynomials {
  return eachClass((keyClass) => {
    const list = isRecord(written) ? written[keyClass] : null;
    const scalars = (Array.isArray(list) ? list : []).map((one) => decodeCanonicalBase64url(String(one)));
    const fine = scalars.filter((scalar) => scalar !== null && group.isScalar(scalar));
    if (fine.length === 0 || fine.length !== scalars.length)
      throw new CustodianError('BROKEN_STATE', 'What was drawn for this ceremony is spoilt.', 'Make a new plan.');
    return fine.flatMap((scalar) => (scalar ? [scalar] : []));
  });
}
