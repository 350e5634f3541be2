import { Injectable } from '@nestjs/common';

/** Ends connections that would stay open by themselves, such as subscriptions: tells their clients to come back, and closes. */
export type EndsLongLived = () => void | Promise<void>;

/** Whether this node is going away. */
@Injectable()
export class Draining {
  private begun = false;
  private readonly longLived: EndsLongLived[] = [];

  /** From `begin` on: the node is not ready, and says with each answer that the connection ends. */
  get isDraining(): boolean {
    return this.begun;
  }

  begin(): void {
    this.begun = true;
  }

  /** Has `end` called when the node takes no new connections any more. Whoever holds connections open registers here, from the wiring. */
  onEnd(end: EndsLongLived): void {
    this.longLived.push(end);
  }

  /** Ends what is long-lived; one that fails does not keep the others. */
  async endLongLived(): Promise<void> {
    await Promise.allSettled(this.longLived.map(async (end) => end()));
  }
}
