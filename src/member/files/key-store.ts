import { randomBytes } from 'node:crypto';
import { access, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readKeyFile, readKeyFileHead, serialiseKey, type KeyFileHead, type KeyHolder } from '../key-file.js';
import { MemberError } from '../member-error.js';
import { outboxOf } from '../outbox.js';
import type { Place } from '../place.js';
import type { HubAddress, MemberSeat, OfficerSeat } from '../seats.js';
import { createSecretFile, isMissing, readTextFile, syncFolder, writeSecretFile } from './secret-file.js';
import { Vault } from '../vault.js';
import { SenderLock } from './sender-lock.js';

const MEMBER_CODE = /^[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*$/;
/** How long another process of this place may go on before this one gives up: tries, and milliseconds between them. */
const LOCK_TRIES = 120;
const LOCK_PAUSE_MS = 250;

const OFFICER_CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** How a key is kept. */
export interface SaveOptions {
  /** Seals the private key with this passphrase. */
  readonly passphrase?: string | null;
  /** Overwrites a key that is there already; refused otherwise. */
  readonly replace?: boolean;
}

/**
 * The keys of one place, in a folder: `hub.json`, `<member>/member.json`, `<member>/officers/<officer>.json`. Files are 0600, folders 0700.
 * Methods throw `MemberError`: BAD_INPUT, NO_KEY, KEY_EXISTS, WRONG_PASSPHRASE.
 */
export class KeyStore implements Place {
  private constructor(
    /** The folder. */
    readonly home: string,
    private readonly askPassphrase: () => Promise<string>,
  ) {}

  /** Opens a folder, which need not exist yet. `askPassphrase` is called when a sealed key is loaded. */
  static open(home: string, askPassphrase: () => Promise<string> = refusePassphrase): KeyStore {
    return new KeyStore(home, askPassphrase);
  }

  read(name: string): Promise<string | null> {
    return readTextFile(this.whereIs(name));
  }

  write(name: string, text: string): Promise<void> {
    return writeSecretFile(this.whereIs(name), text);
  }

  create(name: string, text: string): Promise<boolean> {
    return createSecretFile(this.whereIs(name), text);
  }

  async remove(name: string): Promise<void> {
    if (!(await exists(this.whereIs(name)))) return;
    await rm(this.whereIs(name), { force: true });
    await syncFolder(dirname(this.whereIs(name)));
  }

  namesIn(folder: string): Promise<readonly string[]> {
    return folderEntries(this.whereIs(folder));
  }

  whereIs(name: string): string {
    return join(this.home, name);
  }

  async alone<T>(name: string, step: () => Promise<T>): Promise<T | null> {
    for (let tries = 0; tries < LOCK_TRIES; tries++) {
      const lock = await SenderLock.take(this.whereIs(`.${name}.lock`));
      if (lock) return step().finally(() => lock.release());
      await pause(LOCK_PAUSE_MS);
    }
    return null;
  }

  /** The hub that this place belongs to; null when none was saved. */
  async loadHub(): Promise<HubAddress | null> {
    const text = await readTextFile(join(this.home, 'hub.json'));
    if (text === null) return null;
    const value: unknown = parseJson(text, 'hub.json');
    if (typeof value === 'object' && value !== null && 'hub' in value && 'audience' in value) {
      const { hub, audience } = value;
      if (typeof hub === 'string' && typeof audience === 'string') return { hub, audience };
    }
    throw new MemberError(
      'BAD_INPUT',
      'hub.json does not name hub and audience.',
      'Remove it and name the hub with --hub.',
    );
  }

  async saveHub(address: HubAddress): Promise<void> {
    await writeSecretFile(join(this.home, 'hub.json'), `${JSON.stringify(address, null, 2)}\n`);
  }

  async saveMemberKey(seat: MemberSeat, options: SaveOptions = {}): Promise<void> {
    await this.save(this.memberPath(seat.member), { member: seat.member, key: seat.key }, options);
  }

  async saveOfficerKey(seat: OfficerSeat, options: SaveOptions = {}): Promise<void> {
    const { member, officer, role, key } = seat;
    await this.save(this.officerPath(member, officer), { member, officer, role, key }, options);
  }

  async loadMember(member: string): Promise<MemberSeat> {
    const holder = await this.load(this.memberPath(member), member);
    return { member: holder.member, key: holder.key };
  }

  async loadOfficer(member: string, officer: string): Promise<OfficerSeat> {
    const place = `${member}/${officer}`;
    const holder = await this.load(this.officerPath(member, officer), place);
    if (holder.officer !== officer || !holder.role) {
      throw new MemberError(
        'BAD_INPUT',
        `The key file of ${place} belongs to another seat.`,
        'Restore it from your backup.',
      );
    }
    return { member: holder.member, officer, role: holder.role, key: holder.key };
  }

  /** Whether this place holds the member's own key. */
  async hasMember(member: string): Promise<boolean> {
    return exists(this.memberPath(member));
  }

  /**
   * Keeps the key that a member is about to rotate to, before anything is sent, so that a crash on the way loses no key;
   * `promoteNextMemberKey` puts it in the place of the present one.
   */
  async saveNextMemberKey(seat: MemberSeat, options: SaveOptions = {}): Promise<void> {
    await this.save(this.nextPath(seat.member), { member: seat.member, key: seat.key }, options);
  }

  /** The key kept by `saveNextMemberKey`; null when there is none. */
  async findNextMemberKey(member: string): Promise<MemberSeat | null> {
    if (!(await exists(this.nextPath(member)))) return null;
    const holder = await this.load(this.nextPath(member), member);
    return { member, key: holder.key };
  }

  /** Makes the next key the member's key; the former one stays beside it as `member.<kid>.json`. */
  async promoteNextMemberKey(member: string): Promise<void> {
    const path = this.memberPath(member);
    const former = readKeyFileHead((await readTextFile(path)) ?? '', member);
    await rename(path, join(this.folder(member), `member.${former.kid}.json`));
    await rename(this.nextPath(member), path);
  }

  /** What keys are here, without opening any seal: members' own keys first, each followed by its officers. */
  async list(): Promise<KeyFileHead[]> {
    const heads: KeyFileHead[] = [];
    for (const member of await folderEntries(this.home)) {
      if (!MEMBER_CODE.test(member)) continue;
      const own = await readTextFile(join(this.home, member, 'member.json'));
      if (own !== null) heads.push(readKeyFileHead(own, member));
      for (const file of await folderEntries(join(this.home, member, 'officers'))) {
        if (!file.endsWith('.json') || file.startsWith('.')) continue;
        const text = await readTextFile(join(this.home, member, 'officers', file));
        if (text !== null) heads.push(readKeyFileHead(text, `${member}/${file.slice(0, -5)}`));
      }
    }
    return heads;
  }

  /** The secret from which an import derives each `jti`, so that they say nothing about the file; made at the first call. */
  async importSecret(member: string): Promise<string> {
    const path = join(this.importFolder(member), 'secret');
    const known = await readTextFile(path);
    if (known !== null && known.trim() !== '') return known.trim();
    const secret = randomBytes(32).toString('base64url');
    await writeSecretFile(path, `${secret}\n`);
    return secret;
  }

  /** Where journals of imports stand. */
  importFolder(member: string): string {
    return join(this.folder(member), 'imports');
  }

  /** Where what waits to be sent stands. */
  outboxFolder(member: string): string {
    return this.whereIs(outboxOf(member));
  }

  /**
   * What seals an officer's own papers at rest: the passphrase of its key, or, when its key is not sealed, a random key in a file beside it.
   * Throws as `loadOfficer` does: a passphrase that does not open the key seals nothing either.
   */
  async vault(member: string, officer: string): Promise<Vault> {
    const text = (await readTextFile(this.officerPath(member, officer))) ?? '';
    await this.loadOfficer(member, officer);
    if (readKeyFileHead(text, `${member}/${officer}`).sealed)
      return new Vault({ kind: 'passphrase', passphrase: await this.askPassphrase() });
    const path = join(this.folder(member), 'vault.key');
    await createSecretFile(path, `${randomBytes(32).toString('base64url')}\n`);
    const key = Buffer.from(((await readTextFile(path)) ?? '').trim(), 'base64url');
    if (key.length !== 32)
      throw new MemberError('BAD_INPUT', 'vault.key of this member is spoilt.', 'Restore it from your backup.');
    return new Vault({ kind: 'key', key });
  }

  private async save(path: string, holder: KeyHolder, options: SaveOptions): Promise<void> {
    if (!options.replace && (await exists(path))) {
      const seat = holder.officer === undefined ? holder.member : `${holder.member}/${holder.officer}`;
      throw new MemberError(
        'KEY_EXISTS',
        `There is a key of ${seat} already.`,
        'Keep it, or replace it with --replace.',
      );
    }
    await writeSecretFile(path, await serialiseKey(holder, options.passphrase ?? null));
  }

  private async load(path: string, place: string): Promise<KeyHolder> {
    const text = await readTextFile(path);
    if (text === null) {
      throw new MemberError(
        'NO_KEY',
        `There is no key of ${place} in ${this.home}.`,
        'See what is there with "symbolon keys list", or name another folder with --home.',
      );
    }
    return readKeyFile(text, place, this.askPassphrase);
  }

  private folder(member: string): string {
    if (member.length > 40 || !MEMBER_CODE.test(member)) throw notACode('member', 'al-shtegu');
    return join(this.home, member);
  }

  private memberPath(member: string): string {
    return join(this.folder(member), 'member.json');
  }

  private nextPath(member: string): string {
    return join(this.folder(member), 'member.next.json');
  }

  private officerPath(member: string, officer: string): string {
    if (officer.length > 40 || !OFFICER_CODE.test(officer)) throw notACode('officer', 'desk-1');
    return join(this.folder(member), 'officers', `${officer}.json`);
  }
}

/** The folder of keys when none is named: `SYMBOLON_HOME`, else the sandbox of the current folder if there is one, else `~/.symbolon`. */
export async function defaultHome(environment: Readonly<Record<string, string | undefined>>): Promise<string> {
  const named = environment['SYMBOLON_HOME'];
  if (named) return named;
  const sandbox = join('data', 'sandbox');
  return (await exists(sandbox)) ? sandbox : join(homedir(), '.symbolon');
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function folderEntries(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MemberError('BAD_INPUT', `${place} is not JSON.`, 'Restore it from your backup.', [], { cause });
  }
}

function notACode(what: string, example: string): MemberError {
  return new MemberError('BAD_INPUT', `That is not the code of a ${what}.`, `A code is written like ${example}.`);
}

function refusePassphrase(): Promise<string> {
  return Promise.reject(
    new MemberError('WRONG_PASSPHRASE', 'This key is sealed by a passphrase.', 'Give it with --passphrase-file.'),
  );
}
