import { randomBytes } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import type { TokensOfEpoch } from '../../protocol/index.js';
import { createSecretFile, readTextFile } from '../files/secret-file.js';
import { Vault } from '../vault.js';
import { keysFingerprint, type TokenRow } from './keys-fingerprint.js';

const KEY_PLACE = 'tokens of an import';
/** What seals the lines, and behind it what fingerprints of keys are made with. */
const SEALING_BYTES = 32;
const FINGERPRINT_BYTES = 32;

/**
 * The tokens that an import made and the hub does not hold yet, sealed, a line for each row and epoch: what custodians answered counts against a budget, and
 * a run that broke off must not ask for it again. The identities are not kept, but a fingerprint of each row's keys is: the file of persons or the column of
 * case ids may be another in the next run, and the tokens of whom a row was about before would make the wrong person recognised.
 */
export class KeptTokens {
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private readonly vault: Vault,
    private readonly secret: Uint8Array,
    private readonly byRow: Map<number, Map<string, Kept>>,
  ) {}

  /**
   * Opens or begins the file. The officer's vault seals keys of the file's own, because a passphrase is too slow for each row. What a kill left of a line is
   * passed over. Throws `MemberError` WRONG_PASSPHRASE.
   */
  static async open(path: string, officer: Vault): Promise<KeptTokens> {
    const text = (await readTextFile(path)) ?? (await begin(path, officer));
    const [first = '', ...lines] = text.split('\n');
    const keys = Buffer.from(await officer.open(first, KEY_PLACE), 'base64url');
    const vault = new Vault({ kind: 'key', key: keys.subarray(0, SEALING_BYTES) });
    const byRow = new Map<number, Map<string, Kept>>();
    for (const line of lines) {
      const kept = await openLine(vault, line);
      if (kept) put(byRow, kept);
    }
    const file = await open(path, 'a', 0o600);
    if (lines.at(-1) !== '') await file.appendFile('\n');
    return new KeptTokens(path, file, vault, keys.subarray(SEALING_BYTES), byRow);
  }

  /** The tokens of a row in an epoch; null when none are kept that were made of these keys. Those of other keys are dropped. */
  find(row: TokenRow, epoch: string): TokensOfEpoch | null {
    const entries = this.byRow.get(row.line);
    const kept = entries?.get(epoch);
    if (!entries || !kept) return null;
    if (kept.made === keysFingerprint(this.secret, row, epoch)) return { epoch, tokens: kept.tokens };
    entries.delete(epoch);
    if (entries.size === 0) this.byRow.delete(row.line);
    return null;
  }

  /** Keeps the tokens of a row, durably. */
  async keep(row: TokenRow, { epoch, tokens }: TokensOfEpoch): Promise<void> {
    const kept: Kept = { line: row.line, epoch, made: keysFingerprint(this.secret, row, epoch), tokens };
    const sealed = await this.vault.seal(JSON.stringify(kept), KEY_PLACE);
    // One after another, or two lines could run into each other.
    this.writing = this.writing.then(async () => {
      await this.file.appendFile(`${sealed}\n`);
      await this.file.datasync();
    });
    await this.writing;
    put(this.byRow, kept);
  }

  /**
   * Drops what is kept for a row, as when the hub refused it. While rows wait the file stays as it is, and what was dropped lies sealed in it: only as long as
   * they do.
   */
  drop(line: number): void {
    this.byRow.delete(line);
  }

  /** Closes the file, and removes it when nothing is kept but of rows that have come to the hub. */
  async close(isAccepted: (line: number) => boolean): Promise<void> {
    await this.file.close();
    if ([...this.byRow.keys()].every(isAccepted)) await rm(this.path, { force: true });
  }
}

async function begin(path: string, officer: Vault): Promise<string> {
  const keys = randomBytes(SEALING_BYTES + FINGERPRINT_BYTES);
  const text = `${await officer.seal(keys.toString('base64url'), KEY_PLACE)}\n`;
  await createSecretFile(path, text);
  return (await readTextFile(path)) ?? text;
}

interface Kept extends TokensOfEpoch {
  readonly line: number;
  /** The fingerprint of the keys of which they were made. */
  readonly made: string;
}

async function openLine(vault: Vault, line: string): Promise<Kept | null> {
  if (line === '') return null;
  try {
    return JSON.parse(await vault.open(line, KEY_PLACE)) as Kept; // parsing: sealed by `keep`, and authenticated
  } catch {
    return null;
  }
}

function put(byRow: Map<number, Map<string, Kept>>, kept: Kept): void {
  const row = byRow.get(kept.line) ?? new Map<string, Kept>();
  row.set(kept.epoch, kept);
  byRow.set(kept.line, row);
}
