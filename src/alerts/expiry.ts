import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/index.js';

/** Marks what is past its retention. Nothing depends on how often: readers are held to the instant itself by every query. */
@Injectable()
export class AlertExpiry implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.run().catch(() => undefined), 60_000);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Marks up to 5,000 alerts; how many. Two nodes may run it at once. */
  async run(): Promise<number> {
    const [row] = await this.database.query<{ expired: number }>('SELECT expire_alerts(5000) AS expired');
    return row?.expired ?? 0;
  }
}
