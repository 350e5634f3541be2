import { join } from 'node:path';
import { decodeStatement } from '../protocol/index.js';
import {
  belongsTo,
  CEREMONY_TYPE,
  drawPolynomials,
  EPOCH_TYPE,
  nextStep,
  partiesOf,
  readDescription,
  readEpoch,
  signEpoch,
  type CeremonyOutcome,
  type CeremonyPlan,
  type EpochDescription,
  type Fault,
  type Round,
} from '../protocol/custodian/index.js';
import { CeremonyNotes, type CeremonyNote, type SignedOutcome } from './ceremony-notes.js';
import { CustodianError } from './custodian-error.js';
import type { OpenFolder } from './custodian-folder.js';
import { findText, namesIn, writeDurably } from './durable-file.js';

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
 * A custodian's part in one ceremony or refresh. What it draws it keeps, sealed, so that it is the same after a crash: its commitments are
 * out. What it signs takes the place of that, before anybody sees the signature: whatever is said later, it comes to nothing else.
 */
export class CeremonyDesk {
  private readonly notes: CeremonyNotes;
  private note: CeremonyNote | null = null;

  constructor(
    private readonly folder: OpenFolder,
    private readonly plan: CeremonyPlan,
    private readonly board: CeremonyBoard,
  ) {
    this.notes = new CeremonyNotes(folder, plan.id);
  }

  /**
   * Does what this custodian has to do next. Call it until it is done. When all custodians signed the same description it is put among the
   * epochs, and former shares are overwritten. `givenUp` are accused dealers that did not answer in the time agreed. `now` in seconds since
   * 1970. Throws `Refusal` when messages do not belong together, `CustodianError` EXISTS when a new epoch has the name of one that is held.
   */
  async step(now: number, givenUp: readonly string[] = []): Promise<CeremonyProgress> {
    const { group, identity, epochs } = this.folder;
    const { plan, board } = this;
    const { code } = identity.card;
    const messages = await board.read();
    this.note ??= await this.findOrDraw();
    if (this.note.kind === 'signed') return this.collect(messages, this.note.outcome);
    const said = messages.filter((message) => decodeStatement(message).typ === CEREMONY_TYPE);
    const shares = plan.kind === 'refresh' ? epochs.find(plan.before.description.epoch)?.shares : undefined;
    const seat = {
      code,
      key: identity.key,
      sealingPrivateKey: identity.sealingPrivateKey,
      ...(shares ? { shares } : {}),
    };
    const step = await nextStep(group, plan, seat, this.note.polynomials, said, { issuedAt: now, givenUp });
    switch (step.kind) {
      case 'wait':
        return { kind: 'waiting', round: step.round, missing: step.missing };
      case 'say':
        await board.add(step.message);
        return { kind: 'said', round: step.round };
      case 'settled':
        return this.settle(messages, step.outcome);
    }
  }

  /** Whether this custodian came to the end of it before. */
  async isOver(): Promise<boolean> {
    return this.note === null && (await this.notes.areOver());
  }

  /** Signs what it came to; one that was shut out signs nothing, and sees the others to the end. */
  private async settle(
    messages: readonly string[],
    { description, shares, faults }: CeremonyOutcome,
  ): Promise<CeremonyProgress> {
    const { identity } = this.folder;
    const outcome = { own: await signEpoch(description, identity.key), shares, faults };
    if (!namesCustodian(description, identity.card.code)) return this.collect(messages, outcome);
    await this.notes.keepSigned(outcome);
    this.note = { kind: 'signed', outcome };
    return this.collect(messages, outcome);
  }

  /** Collects the signatures of all custodians under the same description, and serves the epoch when they are there. */
  private async collect(messages: readonly string[], outcome: SignedOutcome): Promise<CeremonyProgress> {
    const { group, identity, epochs } = this.folder;
    const { payloadHash, claims } = decodeStatement(outcome.own);
    const description = await readDescription(claims);
    const { epoch, generation, custodians } = description;
    const confirmed = await this.signaturesIn(messages, payloadHash);
    const signers = new Set(confirmed.map((message) => decodeStatement(message).kid));
    const takesPart = namesCustodian(description, identity.card.code);
    if (takesPart && !signers.has(identity.key.kid)) {
      await this.board.add(outcome.own);
      return { kind: 'said', round: 'confirm' };
    }
    const missing = custodians.filter(({ key }) => !signers.has(key.kid)).map(({ code }) => code);
    if (missing.length > 0) return { kind: 'waiting', round: 'confirm', missing };
    const known = new Map(partiesOf(this.plan).custodians.map(({ code, key }) => [code, key.kid]));
    const replaces = this.plan.kind === 'refresh' ? this.plan.before.hash : null;
    if (takesPart) await epochs.save(await readEpoch(group, confirmed, known), outcome.shares, replaces);
    await this.notes.end();
    return { kind: 'done', epoch, generation, faults: outcome.faults };
  }

  private async signaturesIn(messages: readonly string[], payloadHash: string): Promise<readonly string[]> {
    const same = messages.filter((message) => {
      const { typ, payloadHash: other } = decodeStatement(message);
      return typ === EPOCH_TYPE && other === payloadHash;
    });
    const belong = await Promise.all(same.map((message) => belongsTo(message, this.plan)));
    return same.filter((_, at) => belong[at]);
  }

  private async findOrDraw(): Promise<CeremonyNote> {
    const { group, epochs } = this.folder;
    const { plan, notes } = this;
    const kept = await notes.read();
    if (kept?.kind === 'signed') return kept;
    if (plan.kind === 'generation' && epochs.names().includes(plan.epoch))
      throw new CustodianError(
        'EXISTS',
        'This custodian has an epoch of that name.',
        'Make a plan with another name; to change the shares of an epoch, refresh it.',
      );
    if (kept) return kept;
    const polynomials = drawPolynomials(group, plan);
    await notes.keepDrawn(polynomials);
    return { kind: 'drawn', polynomials };
  }
}

function namesCustodian({ custodians }: EpochDescription, custodian: string): boolean {
  return custodians.some(({ code }) => code === custodian);
}

/** Holds a ceremony among custodians whose folders all lie here, as on a sandbox; run again after a crash, it goes on where it stopped. */
export async function holdCeremony(
  folders: readonly OpenFolder[],
  plan: CeremonyPlan,
  board: CeremonyBoard,
  now: number,
): Promise<void> {
  const desks = new Set(folders.map((folder) => new CeremonyDesk(folder, plan, board)));
  while (desks.size > 0) {
    const turn = [...desks].map(async (desk) => {
      if ((await desk.isOver()) || (await desk.step(now)).kind === 'done') desks.delete(desk);
    });
    await Promise.all(turn);
  }
}
