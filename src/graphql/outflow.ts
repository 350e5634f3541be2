import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/**
 * Writes the messages of a stream no faster than the reader takes them. The library queues whatever it is given; so it is given a message only when the one
 * before was written, and whoever makes messages waits for that too.
 */
export class Outflow {
  private written: Promise<void> = Promise.resolve();
  private tellWritten: () => void = () => undefined;

  constructor(
    private readonly response: ServerResponse,
    private readonly gone: AbortSignal,
    /** How long the reader may take nothing, milliseconds. */
    private readonly patience: number,
  ) {}

  /** Resolves when the message before was written; the next one has to come then. */
  async ready(): Promise<void> {
    await this.written;
    this.written = new Promise((resolve) => (this.tellWritten = resolve));
  }

  /** Writes all that comes, until there is nothing more or nobody reads it. */
  async pour(messages: AsyncIterable<string>): Promise<void> {
    try {
      for await (const message of messages) {
        if (this.gone.aborted) return;
        if (!this.response.write(message)) await this.drained();
        if (message.startsWith('event: next')) this.tellWritten();
      }
    } finally {
      this.tellWritten();
    }
  }

  private async drained(): Promise<void> {
    const timer = setTimeout(() => this.response.destroy(), this.patience);
    timer.unref();
    // What is gone is noticed by whoever writes next.
    await once(this.response, 'drain', { signal: this.gone }).catch(() => undefined);
    clearTimeout(timer);
  }
}
