import { randomBytes } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import type { DisclosedToken, TokensOfEpoch } from '../../protocol/index.js';
import { createSecretFile, readTextFile } from '../secret-file.js';
import { Vault } from '../vault.js';

const KEY_PLACE = 'tokens of an import';

/**
 * The tokens that an import made and the hub does not hold yet, sealed, a line for each row and epoch: what custodians answered counts against a budget, and
 * a run that broke off must not ask for it again. The identities are not kept.
 */
export class KeptTokens {
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private readonly vault: Vault,
    private readonly byRow: Map<number, Map<string, readonly DisclosedToken[]>>,
  ) {}

  /**
   * Opens or begins the file. The officer's vault seals a key of the file's own, because a passphrase is too slow for each row. What a kill left of a line is
   * passed over. Throws `MemberError` WRONG_PASSPHRASE.
   */
  static async open(path: string, officer: Vault): Promise<KeptTokens> {
    const text = (await readTextFile(path)) ?? (await begin(path, officer));
    const [first = '', ...lines] = text.split('\n');
    const key = Buffer.from(await officer.open(first, KEY_PLACE), 'base64url');
    const vault = new Vault({ kind: 'key', key });
    const byRow = new Map<number, Map<string, readonly DisclosedToken[]>>();
    for (const line of lines) {
      const kept = await openLine(vault, line);
      if (kept) put(byRow, kept);
    }
    const file = await open(path, 'a', 0o600);
    if (lines.at(-1) !== '') await file.appendFile('\n');
    return new KeptTokens(path, file, vault, byRow);
  }

  /** The tokens of a row in an epoch; null when none are kept. */
  find(line: number, epoch: string): TokensOfEpoch | null {
    const tokens = this.byRow.get(line)?.get(epoch);
    return tokens ? { epoch, tokens } : null;
  }

  /** Keeps the tokens of a row, durably. */
  async keep(line: number, { epoch, tokens }: TokensOfEpoch): Promise<void> {
    const sealed = await this.vault.seal(JSON.stringify({ line, epoch, tokens }), KEY_PLACE);
    // One after another, or two lines could run into each other.
    this.writing = this.writing.then(async () => {
      await this.file.appendFile(`${sealed}\n`);
      await this.file.datasync();
    });
    await this.writing;
    put(this.byRow, { line, epoch, tokens });
  }

  /** Closes the file, and removes it when every row of it has come to the hub. */
  async close(isAccepted: (line: number) => boolean): Promise<void> {
    await this.file.close();
    if ([...this.byRow.keys()].every(isAccepted)) await rm(this.path, { force: true });
  }
}

async function begin(path: string, officer: Vault): Promise<string> {
  const text = `${await officer.seal(randomBytes(32).toString('base64url'), KEY_PLACE)}\n`;
  await createSecretFile(path, text);
  return (await readTextFile(path)) ?? text;
}

interface Kept extends TokensOfEpoch {
  readonly line: number;
}

async function openLine(vault: Vault, line: string): Promise<Kept | null> {
  if (line === '') return null;
  try {
    return JSON.parse(await vault.open(line, KEY_PLACE)) as Kept; // parsing: sealed by `keep`, and authenticated
  } catch {
    return null;
  }
}

function put(byRow: Map<number, Map<string, readonly DisclosedToken[]>>, { line, epoch, tokens }: Kept): void {
  const row = byRow.get(line) ?? new Map<string, readonly DisclosedToken[]>();
  row.set(epoch, tokens);
  byRow.set(line, row);
}
