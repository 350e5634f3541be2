import type { Vault } from './vault.js';

/**
 * Where a member's program keeps what it must not forget: a folder on a computer, or the storage of a browser. Texts stand under names, such as
 * `log-pins.json`; nobody but their owner reads them.
 */
export interface Place {
  /** The text under a name; null when there is none. */
  read(name: string): Promise<string | null>;
  /** Keeps a text under a name, whole or not at all, and durably before it returns. */
  write(name: string, text: string): Promise<void>;
  /** Likewise, unless there is a text already; whether it did. Of several that try at once one does. */
  create(name: string, text: string): Promise<boolean>;
  /** Removes what stands under a name, durably; nothing happens when there is nothing. */
  remove(name: string): Promise<void>;
  /** The last parts of the names that begin with these parts, `folder/…`, in no order. */
  namesIn(folder: string): Promise<readonly string[]>;
  /** Where a name is found, for whoever looks for it. */
  whereIs(name: string): string;
  /** Runs a step while no other program of this place runs one of the same name; null when another does and goes on. */
  alone<T>(name: string, step: () => Promise<T>): Promise<T | null>;
  /** What seals an officer's own papers at rest. Throws `MemberError`: NO_KEY, WRONG_PASSPHRASE. */
  vault(member: string, officer: string): Promise<Vault>;
}
