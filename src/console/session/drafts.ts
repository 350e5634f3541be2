import type { Session } from './session.js';

/** What somebody is writing, sealed in this browser until it is sent or thrown away. */
export class Draft<T> {
  /** What is done with it, one after the other: an older text never comes back over a newer one, nor after it was thrown away. */
  private done: Promise<unknown> = Promise.resolve();

  /** `name` says of what it is one, such as `flag`. */
  constructor(
    private readonly session: Session,
    private readonly name: string,
  ) {}

  /** What was written before; null when nothing was, or when it does not open any more. */
  async load(): Promise<T | null> {
    const { place } = this.session;
    const sealed = await place.read(this.paper);
    if (sealed === null) return null;
    try {
      return JSON.parse(await (await this.vault()).open(sealed, this.paper)) as T; // parsing: sealed by `save`, and authenticated
    } catch {
      return null; // the next one takes its place
    }
  }

  save(written: T): Promise<void> {
    return this.afterwards(async () => {
      const sealed = await (await this.vault()).seal(JSON.stringify(written), this.paper);
      await this.session.place.write(this.paper, sealed);
    });
  }

  /** Removes it for good. */
  remove(): Promise<void> {
    return this.afterwards(() => this.session.place.remove(this.paper));
  }

  private afterwards(step: () => Promise<void>): Promise<void> {
    const run = this.done.then(step);
    this.done = run.catch(() => undefined);
    return run;
  }

  private get paper(): string {
    return `drafts/${this.name}`;
  }

  private vault(): ReturnType<Session['place']['vault']> {
    const { place, seat } = this.session;
    return place.vault(seat.member, seat.officer);
  }
}
