import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';

/** Something that a node does by itself, beside answering. */
export interface Worker {
  begin(): void | Promise<void>;
  /** Lets what is under way end. It may be called again, and of a worker that never began. */
  stop(): Promise<void>;
}

/**
 * All that a node does by itself. Nothing begins before whoever wires the program says so: a node does once it may serve, the operator's commands never do, for
 * they act on the database of nodes that are at work.
 */
@Injectable()
export class BackgroundWork implements BeforeApplicationShutdown {
  private readonly workers: Worker[] = [];
  private begun = 0;
  private ended = false;

  /** Has a worker begin with the others; gives it back. */
  add<T extends Worker>(worker: T): T {
    this.workers.push(worker);
    return worker;
  }

  /** Begins what has not begun. When a worker cannot, the next call goes on with it. */
  async begin(): Promise<void> {
    for (; !this.ended && this.begun < this.workers.length; this.begun++) await this.workers[this.begun]?.begin();
  }

  /** Before the connections close. */
  async beforeApplicationShutdown(): Promise<void> {
    this.ended = true;
    await Promise.all(this.workers.map((worker) => worker.stop()));
  }
}
