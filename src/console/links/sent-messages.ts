import type { ActingSeat, Place } from '../../member/index.js';
import type { ComparisonMessage } from '../../protocol/comparison/index.js';
import { comparisonsOf } from '../../member/index.js';

/**
 * One's own messages of a comparison, sealed in this browser: what was sealed to the other side nobody else can read again, not even who wrote it. By the hash
 * of the statement that carried each.
 */
export class SentMessages {
  constructor(
    private readonly place: Place,
    private readonly seat: ActingSeat,
    private readonly link: string,
  ) {}

  /** What was sent from here; nothing when it was sent from elsewhere, or cannot be opened. */
  async all(): Promise<ReadonlyMap<string, ComparisonMessage>> {
    const text = await this.place.read(this.name);
    if (text === null) return new Map();
    const vault = await this.vault();
    try {
      return new Map(JSON.parse(await vault.open(text, this.name)) as [string, ComparisonMessage][]); // parsing: sealed by `keep`, and authenticated
    } catch {
      return new Map(); // a spoilt paper hides no message of the other side
    }
  }

  /** Keeps a message that was sent. */
  async keep(payloadHash: string, message: ComparisonMessage): Promise<void> {
    const entries = [...(await this.all()), [payloadHash, message]];
    await this.place.write(this.name, await (await this.vault()).seal(JSON.stringify(entries), this.name));
  }

  private get name(): string {
    return `${comparisonsOf(this.seat.member)}/${this.link.slice('link:'.length)}-sent`;
  }

  private vault() {
    return this.place.vault(this.seat.member, this.seat.officer);
  }
}
