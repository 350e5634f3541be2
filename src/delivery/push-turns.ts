import type { Acting } from '../database/index.js';

/** How many streams of one member a node pushes at once: receivers that hang leave the other places to others. */
const MOST_OF_MEMBER = 2;

/** Whose turn it is to be pushed by this node. */
export class PushTurns {
  /** The streams that are being pushed, by name, with the member. */
  private readonly running = new Map<string, string>();
  /** When the turn of each stream last began. */
  private readonly begun = new Map<string, number>();

  /** Those that may begin, whichever had no turn for the longest time first. */
  inTurn(streams: readonly Acting[]): readonly Acting[] {
    const lastTurn = (stream: Acting): number => this.begun.get(nameOf(stream)) ?? 0;
    return streams.filter((stream) => this.mayBegin(stream)).sort((one, two) => lastTurn(one) - lastTurn(two));
  }

  /** Whether the member has room for another, and the stream is not under way already, as when it was removed and made again. */
  mayBegin(stream: Acting): boolean {
    const ofMember = [...this.running.values()].filter((member) => member === stream.member);
    return ofMember.length < MOST_OF_MEMBER && !this.running.has(nameOf(stream));
  }

  begin(stream: Acting): void {
    this.begun.set(nameOf(stream), performance.now());
    this.running.set(nameOf(stream), stream.member);
  }

  end(stream: Acting): void {
    this.running.delete(nameOf(stream));
  }
}

/** The name of a stream in the queue. */
export function nameOf({ member, purpose }: Acting): string {
  return `${member} ${purpose}`;
}
