import { Injectable } from '@nestjs/common';

/**
 * Says in this process that something to match was made durable, so that it is matched at once. It is a convenience: the matcher also looks by itself, for
 * what other nodes accepted and what a crash left.
 */
@Injectable()
export class ArrivalSignal {
  private listener: () => void = () => undefined;

  /** Sets who is told. */
  listen(listener: () => void): void {
    this.listener = listener;
  }

  tell(): void {
    this.listener();
  }
}
