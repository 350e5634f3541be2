import { Socket } from 'node:net';

type Done = (error?: Error | null) => void;

/**
 * A socket that sends together what is written within one turn of the event loop. A transaction whose statements are all under way at once so costs one
 * call of the operating system instead of one for each, and the database finds them all when it looks.
 */
export class GatheringSocket extends Socket {
  private gathering = false;

  override write(message: Uint8Array | string, done?: Done): boolean;
  override write(message: Uint8Array | string, encoding?: BufferEncoding, done?: Done): boolean;
  override write(message: Uint8Array | string, second?: BufferEncoding | Done, done?: Done): boolean {
    this.gather();
    return typeof second === 'function' ? super.write(message, second) : super.write(message, second, done);
  }

  private gather(): void {
    if (this.gathering) return;
    this.gathering = true;
    this.cork();
    process.nextTick(() => {
      this.gathering = false;
      this.uncork();
    });
  }
}
