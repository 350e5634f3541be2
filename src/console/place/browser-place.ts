import { MemberError, Vault, type Place } from '../../member/index.js';
import { browserDatabase } from './browser-database.js';

/** A place in this browser for the papers of one seat: no other seat of the computer reads them. */
export class BrowserPlace implements Place {
  /** `seat` is `member/officer`. */
  constructor(private readonly seat: string) {}

  async read(name: string): Promise<string | null> {
    return (await (await browserDatabase()).get('papers', [this.seat, name])) ?? null;
  }

  async write(name: string, text: string): Promise<void> {
    const change = (await browserDatabase()).transaction('papers', 'readwrite', { durability: 'strict' });
    await Promise.all([change.store.put(text, [this.seat, name]), change.done]);
  }

  async create(name: string, text: string): Promise<boolean> {
    const change = (await browserDatabase()).transaction('papers', 'readwrite', { durability: 'strict' });
    const key: [string, string] = [this.seat, name];
    const there = await change.store.count(key);
    if (there === 0) await change.store.put(text, key);
    await change.done;
    return there === 0;
  }

  async remove(name: string): Promise<void> {
    const change = (await browserDatabase()).transaction('papers', 'readwrite', { durability: 'strict' });
    await Promise.all([change.store.delete([this.seat, name]), change.done]);
  }

  async namesIn(folder: string): Promise<readonly string[]> {
    const range = IDBKeyRange.bound([this.seat, `${folder}/`], [this.seat, `${folder}/\uffff`]);
    const keys = await (await browserDatabase()).getAllKeys('papers', range);
    return keys.map(([, name]) => name.slice(folder.length + 1));
  }

  whereIs(name: string): string {
    return `${name} of ${this.seat} in this browser`;
  }

  async alone<T>(name: string, step: () => Promise<T>): Promise<T | null> {
    return navigator.locks.request(`${this.seat} ${name}`, { ifAvailable: true }, (lock) => (lock ? step() : null));
  }

  async vault(member: string, officer: string): Promise<Vault> {
    if (`${member}/${officer}` !== this.seat)
      throw new MemberError('NO_KEY', 'This place belongs to another seat.', 'Sign in with the seat that it is of.');
    return new Vault({ kind: 'key', key: await this.sealingKey() });
  }

  private async sealingKey(): Promise<CryptoKey> {
    const database = await browserDatabase();
    const known = await database.get('vaults', this.seat);
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const change = database.transaction('vaults', 'readwrite', { durability: 'strict' });
    // Another page of this seat may have been faster.
    const first = await change.store.get(this.seat);
    if (!first) await change.store.put(made, this.seat);
    await change.done;
    return first ?? made;
  }
}
