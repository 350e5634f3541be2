import { Injectable } from '@nestjs/common';
import { Refusal } from '../protocol/index.js';

/** How many writes of one member may be under way and wait on one node. */
export const MOST_IN_LINE = 200;

/** The writes of one member: how many there are, and when the last of them has come to its end. */
interface Line {
  count: number;
  last: Promise<unknown>;
}

/**
 * Lets the writes of a member that lock something happen one after the other on this node. Each would else wait for the one before with a connection of its own
 * in hand, and one member would hold all that there are.
 */
@Injectable()
export class MemberTurns {
  private readonly lines = new Map<string, Line>();

  /** Runs `work` when all that came before it for this member is done. Throws `Refusal` WRITES_UNDER_WAY when too much is. */
  async take<T>(member: string, work: () => Promise<T>): Promise<T> {
    const line = this.lines.get(member) ?? { count: 0, last: Promise.resolve() };
    if (line.count >= MOST_IN_LINE) throw writesUnderWay();
    line.count++;
    this.lines.set(member, line);
    const done = line.last.then(work).finally(() => {
      if (--line.count === 0) this.lines.delete(member);
    });
    line.last = done.catch(() => undefined);
    return done;
  }
}

function writesUnderWay(): Refusal {
  return new Refusal(
    'WRITES_UNDER_WAY',
    'The hub has as many statements of the member to work off as it takes at once.',
    'Send it again in some seconds, and not so many at once.',
  );
}
