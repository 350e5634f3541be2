import { readFile, stat } from 'node:fs/promises';
import { certifiedOfficers, PURPOSES, type ListedKey, type MemberState, type Purpose } from '../protocol/index.js';
import { CustodianError } from './custodian-error.js';
import type { DirectoryOfficer, MemberDirectory } from './member-directory.js';
import { isRecord } from './sealed-text.js';

const STATES: readonly MemberState[] = ['pending', 'active', 'suspended', 'left'];

/** How long a list is believed to be the same before the file is looked at again, milliseconds. */
const LOOK_AGAIN_MS = 1000;

/**
 * The member list as `symbolon members --save` writes it, in a file that is read again when it changes. Officers come from the statements by
 * which members' keys certified them, each verified; who the members are, and where they stand, is what the list says.
 */
export class FileDirectory implements MemberDirectory {
  private readonly officers = new Map<string, DirectoryOfficer>();
  private readAt = 0;
  private lookedAt = 0;
  private looking: Promise<void> | null = null;

  private constructor(private readonly path: string) {}

  /** Opens the list. Throws `CustodianError` BAD_INPUT when it cannot be read, `Refusal` when a statement in it does not verify. */
  static async open(path: string): Promise<FileDirectory> {
    const directory = new FileDirectory(path);
    await directory.refresh();
    return directory;
  }

  async findOfficer(kid: string): Promise<DirectoryOfficer | null> {
    if (Date.now() - this.lookedAt > LOOK_AGAIN_MS)
      this.looking ??= this.refresh().finally(() => {
        this.looking = null;
      });
    // Who comes while the list is read waits too: by the list of before it might be nobody.
    await this.looking;
    return this.officers.get(kid) ?? null;
  }

  private async refresh(): Promise<void> {
    this.lookedAt = Date.now();
    const { mtimeMs } = await stat(this.path).catch((cause: unknown) => {
      throw unreadable(cause);
    });
    if (mtimeMs === this.readAt) return;
    const officers = await readOfficers(await readFile(this.path, 'utf8'));
    this.officers.clear();
    for (const officer of officers) this.officers.set(officer.key.kid, officer);
    this.readAt = mtimeMs;
  }
}

async function readOfficers(text: string): Promise<readonly DirectoryOfficer[]> {
  const list = parse(text);
  const members = isRecord(list) ? list['members'] : null;
  if (!Array.isArray(members)) throw unreadable();
  const read = members.map(async (member: unknown) => {
    if (!isRecord(member)) throw unreadable();
    const { code, state, mandate, keys, statements } = member;
    const standing = STATES.find((known) => known === lower(state));
    if (typeof code !== 'string' || !standing || !Array.isArray(keys) || !isTexts(statements)) throw unreadable();
    const listed = { code, keys: keys.map(readKey), statements };
    const purposes = Array.isArray(mandate) ? mandate.map(lower) : [];
    return (await certifiedOfficers(listed)).map((officer): DirectoryOfficer => ({
      ...officer,
      standing,
      mandate: PURPOSES.filter((purpose: Purpose) => purposes.includes(purpose)),
    }));
  });
  return (await Promise.all(read)).flat();
}

function readKey(value: unknown): ListedKey {
  if (!isRecord(value)) throw unreadable();
  const { kid, jwk, validFrom, validTo } = value;
  if (typeof kid !== 'string' || typeof jwk !== 'string' || !isInstant(validFrom)) throw unreadable();
  if (validTo !== null && !isInstant(validTo)) throw unreadable();
  return { kid, jwk: parse(jwk), validFrom, validTo };
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(cause);
  }
}

/** The list has enumerations as GraphQL writes them. */
function lower(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function unreadable(cause?: unknown): CustodianError {
  return new CustodianError(
    'BAD_INPUT',
    'The member list cannot be read.',
    'Save it with "symbolon members --save", or restore it.',
    { cause },
  );
}
