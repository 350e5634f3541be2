import { Injectable } from '@nestjs/common';
import { BackgroundWork, Rounds } from '../background/index.js';
import { Database } from '../database/index.js';

/** Marks what is past its retention. Nothing depends on how often: readers are held to the instant itself by every query. */
@Injectable()
export class AlertExpiry {
  constructor(
    background: BackgroundWork,
    private readonly database: Database,
  ) {
    background.add(new Rounds('AlertExpiry', { everyMs: 60_000 }, () => this.run()));
  }

  /** Marks up to 5,000 alerts; how many. Two nodes may run it at once. */
  async run(): Promise<number> {
    const [row] = await this.database.query<{ expired: number }>('SELECT expire_alerts(5000) AS expired');
    return row?.expired ?? 0;
  }
}
