import type { LiveStream, StreamLimits } from './live-stream.js';
import type { Principal } from './principal.js';

/** There are as many streams as there may be. */
export class TooManyStreams extends Error {
  override readonly name = 'TooManyStreams';

  constructor(
    /** Whether it is the asker's own streams that are too many, and not those of all. */
    readonly own: boolean,
    /** After so many seconds another try may do better. */
    readonly retryAfter: number,
  ) {
    super('There are as many streams as there may be.');
  }
}

/** The streams of this node: no officer, no member and not all together have more than they may. */
export class StreamPlaces {
  private readonly streams = new Set<LiveStream>();
  private readonly counts = new Map<string, number>();
  private closed = false;

  constructor(private readonly limits: StreamLimits) {}

  /** Whether another stream has room. Throws `TooManyStreams`. */
  assertRoom(asker: Principal): void {
    const { perNode, perMember, perOfficer } = this.limits;
    if (this.closed) throw new TooManyStreams(false, 1);
    if (this.streams.size >= perNode) throw new TooManyStreams(false, 30);
    if (this.count(memberOf(asker)) >= perMember || this.count(officerOf(asker)) >= perOfficer)
      throw new TooManyStreams(true, 30);
  }

  add(stream: LiveStream): void {
    this.streams.add(stream);
    this.move(stream, 1);
  }

  remove(stream: LiveStream): void {
    if (this.streams.delete(stream)) this.move(stream, -1);
  }

  /** Lets nobody in any more; the streams that there are. */
  close(): readonly LiveStream[] {
    this.closed = true;
    return [...this.streams];
  }

  private count(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  private move({ asker }: LiveStream, by: 1 | -1): void {
    for (const name of [memberOf(asker), officerOf(asker)]) {
      const count = this.count(name) + by;
      if (count > 0) this.counts.set(name, count);
      else this.counts.delete(name);
    }
  }
}

function memberOf({ member }: Principal): string {
  return member;
}

function officerOf({ member, officer }: Principal): string {
  return `${member}/${officer}`;
}
