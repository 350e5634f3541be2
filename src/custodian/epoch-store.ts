import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeCanonicalBase64url, encodeBase64url, Refusal } from '../protocol/index.js';
import { eachClass, holdsSharesOf, readEpoch, type ByClass, type SignedEpoch } from '../protocol/custodian/index.js';
import { IDENTITY, type Ristretto, type Scalar } from '../protocol/oprf/index.js';
import { CustodianError } from './custodian-error.js';
import { destroyFile, findText, isMissing, namesIn, writeDurably } from './durable-file.js';
import { isRecord, openText, sealText } from './sealed-text.js';
import type { HeldEpochs, ServedEpoch } from './served-epoch.js';

/** How long the folder is believed to be the same before it is looked at again, milliseconds. */
const LOOK_AGAIN_MS = 1000;

/** How long after the end of an epoch its shares are kept, seconds. */
const GRACE_SECONDS = 86_400;

/**
 * The epochs of a custodian with its shares, a file each: `<epoch>.json`. A refresh replaces the file whole, so that description and shares
 * never differ, and the former shares are gone.
 */
export class EpochStore implements HeldEpochs {
  private epochs: readonly ServedEpoch[] = [];
  private lookedAt = 0;
  private looking: Promise<void> | null = null;
  private readonly readAt = new Map<string, number>();
  private held: readonly string[] = [];

  private constructor(
    private readonly folder: string,
    private readonly parts: { readonly group: Ristretto; readonly code: string; readonly passphrase: string },
  ) {}

  /** Opens all epochs. One that does not open or whose shares are not those that were committed to is among the `spoilt`, and the others are served. */
  static async open(
    folder: string,
    parts: { readonly group: Ristretto; readonly code: string; readonly passphrase: string },
  ): Promise<EpochStore> {
    const store = new EpochStore(folder, parts);
    await store.refresh();
    return store;
  }

  all(): readonly ServedEpoch[] {
    return this.epochs;
  }

  find(epoch: string): ServedEpoch | null {
    return this.epochs.find(({ description }) => description.epoch === epoch) ?? null;
  }

  names(): readonly string[] {
    return this.held;
  }

  /** The names of the epochs that lie here and cannot be served. */
  get spoilt(): readonly string[] {
    return this.held.filter((name) => this.find(name) === null);
  }

  /**
   * Writes an epoch with this custodian's shares of it, in place of the generation whose hash is `replaces`; null when it is new. The same
   * again changes nothing. Throws `CustodianError` before anything is written: EXISTS when something else lies there, BROKEN_STATE when the
   * shares are not those that the epoch commits this custodian to.
   */
  async save(epoch: SignedEpoch, shares: ByClass<Scalar>, replaces: string | null): Promise<void> {
    const { description, statements } = epoch;
    await this.refresh();
    const before = this.find(description.epoch);
    if (before?.hash === epoch.hash) return;
    if ((before?.hash ?? null) !== replaces || this.spoilt.includes(description.epoch)) throw taken();
    if (!holdsSharesOf(this.parts.group, description, this.parts.code, shares)) throw broken();
    const known = Object.fromEntries(description.custodians.map(({ code, key }) => [code, key.kid]));
    const text = JSON.stringify(eachClass((keyClass) => encodeBase64url(shares[keyClass])));
    const seal = await sealText(text, this.parts.passphrase, purposeOf(epoch));
    const path = join(this.folder, `${description.epoch}.json`);
    await writeDurably(path, `${JSON.stringify({ known, statements, seal }, null, 2)}\n`);
    await this.refresh();
  }

  /** Looks for epochs that a ceremony or refresh put there since. */
  async lookAgain(): Promise<void> {
    if (Date.now() - this.lookedAt > LOOK_AGAIN_MS)
      this.looking ??= this.refresh().finally(() => {
        this.looking = null;
      });
    // Who comes while it is looked waits too, or would be told of epochs that are no more.
    await this.looking;
  }

  /**
   * Destroys the shares of epochs that ended a day ago or longer (C23), and gives their names. A day, because a clock that runs ahead would otherwise
   * destroy what cannot be made again. `now` in seconds since 1970.
   */
  async destroyEnded(now: number): Promise<readonly string[]> {
    const ended = this.epochs
      .filter(({ description }) => description.validUntil + GRACE_SECONDS <= now)
      .map(({ description }) => description.epoch);
    for (const epoch of ended) await destroyFile(join(this.folder, `${epoch}.json`));
    if (ended.length > 0) await this.refresh();
    return ended;
  }

  private async refresh(): Promise<void> {
    this.lookedAt = Date.now();
    const names = (await namesIn(this.folder)).filter((name) => name.endsWith('.json'));
    this.held = names.map((name) => name.replace(/\.json$/, ''));
    const epochs = await Promise.all(names.map((name) => this.reread(name)));
    this.epochs = epochs.filter((epoch) => epoch !== null);
  }

  private async reread(name: string): Promise<ServedEpoch | null> {
    const path = join(this.folder, name);
    try {
      const { mtimeMs } = await stat(path);
      const before = this.find(name.replace(/\.json$/, ''));
      if (this.readAt.get(name) === mtimeMs) return before;
      const read = await this.read(path).catch(spoiltAsNull);
      this.readAt.set(name, mtimeMs);
      return read;
    } catch (error) {
      // Removed when its time was over.
      if (isMissing(error)) return null;
      throw error;
    }
  }

  private async read(path: string): Promise<ServedEpoch> {
    const { group, code, passphrase } = this.parts;
    const file: unknown = JSON.parse((await findText(path)) ?? 'null');
    if (!isRecord(file) || !isRecord(file['known']) || !Array.isArray(file['statements'])) throw broken();
    const known = new Map(Object.entries(file['known']).map(([name, kid]) => [name, String(kid)]));
    const epoch = await readEpoch(group, file['statements'].map(String), known);
    const written: unknown = JSON.parse(await openText(file['seal'], passphrase, purposeOf(epoch)));
    const at = epoch.description.custodians.findIndex((one) => one.code === code);
    if (at < 0) throw broken();
    const commitments = eachClass((keyClass) => epoch.description.keys[keyClass].commitments[at] ?? IDENTITY);
    const shares = eachClass((keyClass) => {
      const text = isRecord(written) ? written[keyClass] : null;
      const share = typeof text === 'string' ? decodeCanonicalBase64url(text) : null;
      if (!share) throw broken();
      return share;
    });
    if (!holdsSharesOf(group, epoch.description, code, shares)) throw broken();
    return { ...epoch, shares, commitments };
  }
}

function purposeOf({ description }: SignedEpoch): string {
  return `symbolon shares ${description.epoch} ${description.generation}`;
}

/** What lies in a file is not what was put there: no reason to keep the other epochs from being served. */
function spoiltAsNull(error: unknown): null {
  if (error instanceof CustodianError || error instanceof Refusal || error instanceof SyntaxError) return null;
  throw error;
}

function taken(): CustodianError {
  return new CustodianError(
    'EXISTS',
    'Something else lies under the name of this epoch.',
    'Make a plan with another name; for a refresh, begin with the generation that is served.',
  );
}

function broken(): CustodianError {
  return new CustodianError(
    'BROKEN_STATE',
    'An epoch in this folder does not fit this custodian.',
    'Restore the folder from your backup; what it answered would be called a lie.',
  );
}
