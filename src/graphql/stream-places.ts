import type { LiveStream, StreamLimits } from './live-stream.js';
import { Places } from './places.js';
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
  private readonly streams = new Map<LiveStream, () => void>();
  private readonly places: Places;
  private closed = false;

  constructor(limits: StreamLimits) {
    this.places = new Places(limits);
  }

  /** Whether another stream has room. Throws `TooManyStreams`. */
  assertRoom(asker: Principal): void {
    if (this.closed) throw new TooManyStreams(false, 1);
    const full = this.places.full(asker);
    if (full) throw new TooManyStreams(full === 'own', 30);
  }

  add(stream: LiveStream): void {
    this.streams.set(stream, this.places.take(stream.asker));
  }

  remove(stream: LiveStream): void {
    this.streams.get(stream)?.();
    this.streams.delete(stream);
  }

  /** Lets nobody in any more; the streams that there are. */
  close(): readonly LiveStream[] {
    this.closed = true;
    return [...this.streams.keys()];
  }
}
