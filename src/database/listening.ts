import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';

const SHORTEST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

/** What is heard on a channel. */
export interface Heard {
  /** Another transaction told this; anybody who can reach the database can tell anything. */
  told(payload: string): void;
  /** The connection is there, for the first time or again: what was told before was not heard. */
  resumed(): void;
}

/** A connection of this node's own on which it hears what transactions tell (`LISTEN`). When it breaks it is made again, for as long as it is wanted. */
export class Listening {
  private readonly stopped = new AbortController();
  private client: Client | null = null;
  private running: Promise<void> | null = null;

  constructor(
    private readonly source: DataSource,
    private readonly channel: string,
    private readonly heard: Heard,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.client?.end().catch(() => undefined);
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    for (let pause = SHORTEST_PAUSE; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      if (await this.listenOnce()) pause = SHORTEST_PAUSE;
      await setTimeout(pause * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
    }
  }

  /** Listens until the connection breaks; whether there was one. */
  private async listenOnce(): Promise<boolean> {
    const { options } = this.source;
    if (options.type !== 'postgres') throw new Error('only PostgreSQL tells');
    const { options: settings } = options.extra as { readonly options: string }; // parsing: as the pool acts, so does this
    const client = new Client({
      ...{
        connectionString: options.url,
        options: settings,
        application_name: 'symbolon hints',
        connectionTimeoutMillis: 10_000,
      },
      ...{ keepAlive: true, keepAliveInitialDelayMillis: 30_000 },
    });
    const broken = new Promise<void>((resolve) => {
      client.once('error', () => {
        resolve();
      });
      client.once('end', resolve);
    });
    client.on('error', () => undefined); // a second one would end the process
    client.on('notification', ({ payload = '' }) => {
      this.heard.told(payload);
    });
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(this.channel)}`);
    } catch {
      await client.end().catch(() => undefined);
      return false;
    }
    this.heard.resumed();
    if (this.stopped.signal.aborted) await client.end().catch(() => undefined);
    await broken;
    return true;
  }
}
