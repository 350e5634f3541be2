import { join } from 'node:path';
import type { KeyStore } from './key-store.js';
import { MemberError } from './member-error.js';
import { readTextFile, writeSecretFile } from './secret-file.js';

/** Thumbprints of custodians' keys by code. */
export type Thumbprints = ReadonlyMap<string, string>;

/**
 * The custodians' keys as this place saw them first, one set for each accord, in `custodians.json` of the key store. Whoever could change them at the hub
 * unnoticed could put keys of its own under every name.
 */
export class CustodianPins {
  constructor(
    private readonly store: Pick<KeyStore, 'home'>,
    private readonly audience: string,
  ) {}

  /** What is pinned; null before the first sight. Throws `MemberError` BAD_INPUT. */
  async load(): Promise<Thumbprints | null> {
    const pinned = (await this.read())[this.audience];
    return pinned === undefined ? null : new Map(Object.entries(pinned));
  }

  /** Pins these beside those of before; one of a known code takes the place of the former. */
  async save(thumbprints: Thumbprints): Promise<void> {
    const all = await this.read();
    const pinned = { ...all[this.audience], ...Object.fromEntries(thumbprints) };
    await writeSecretFile(this.path, `${JSON.stringify({ ...all, [this.audience]: pinned }, null, 2)}\n`);
  }

  private get path(): string {
    return join(this.store.home, 'custodians.json');
  }

  private async read(): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
    const text = await readTextFile(this.path);
    if (text === null) return {};
    const value = parse(text);
    if (!isRecord(value) || !Object.values(value).every(isThumbprints)) throw spoilt();
    return value as Readonly<Record<string, Readonly<Record<string, string>>>>; // parsing: looked at above
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw spoilt(cause);
  }
}

function isThumbprints(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((one) => typeof one === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function spoilt(cause?: unknown): MemberError {
  return new MemberError(
    'BAD_INPUT',
    'custodians.json of this place is spoilt.',
    'Restore it from your backup. Without it the keys of the custodians have to be compared anew.',
    [],
    { cause },
  );
}
