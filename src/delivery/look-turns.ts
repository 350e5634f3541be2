import { Injectable } from '@nestjs/common';

/** How many streams and waiting polls of this node look into the database at once: the other connections of the pool are for those who ask. */
const AT_ONCE = 4;

/** Lets them look in turn, in the order in which they came: thousands that are woken together would else stand before every question. */
@Injectable()
export class LookTurns {
  private free = AT_ONCE;
  private readonly waiting: (() => void)[] = [];

  /** Runs `look` when it has a turn. */
  async take<T>(look: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await look();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }
}
