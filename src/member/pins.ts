import { MemberError } from './member-error.js';
import type { Place } from './place.js';

/** What pins hold, and what is to be done without them. */
export interface PinKind<T extends object> {
  /** Under which name of the place they stand. */
  readonly file: string;
  /** Reads what is pinned for one accord; null when it is spoilt. */
  readonly read: (value: unknown) => T | null;
  /** What has to be done when they are lost, a sentence. */
  readonly without: string;
}

/**
 * What this place saw first, one entry for each accord: what the hub must not change unnoticed. Whoever could,
 * could put keys of its own under every name.
 */
export class Pins<T extends object> {
  constructor(
    private readonly place: Place,
    private readonly audience: string,
    private readonly kind: PinKind<T>,
  ) {}

  /** What is pinned; null before the first sight. Throws `MemberError` BAD_INPUT. */
  async load(): Promise<T | null> {
    const { [this.audience]: pinned } = await this.readAll();
    if (pinned === undefined) return null;
    return this.kind.read(pinned) ?? this.refuse();
  }

  /** Pins this in the place of what was pinned for this accord. */
  async save(pinned: T): Promise<void> {
    const all = { ...(await this.readAll()), [this.audience]: pinned };
    await this.place.write(this.kind.file, `${JSON.stringify(all, null, 2)}\n`);
  }

  private async readAll(): Promise<Readonly<Record<string, unknown>>> {
    const text = await this.place.read(this.kind.file);
    if (text === null) return {};
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      this.refuse(cause);
    }
    return isRecord(value) ? value : this.refuse();
  }

  private refuse(cause?: unknown): never {
    const { file, without } = this.kind;
    const remedy = `Restore it from your backup. ${without}`;
    throw new MemberError('BAD_INPUT', `${file} of this place is spoilt.`, remedy, [], { cause });
  }
}

/** Whether a value of a file is an object with names. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is one whose values are all texts. */
export function isTextRecord(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every((one) => typeof one === 'string');
}
