import { createServer, connect, type Server, type Socket } from 'node:net';

/** A line to a server that can fall silent, as one does whose other end was cut off: it stays open, and nothing comes through any more. */
export class StallingLink {
  private readonly sockets = new Set<Socket>();
  private stalled = false;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** Opens a line to where a connection string leads. */
  static async to(url: string): Promise<StallingLink> {
    const target = new URL(url);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const through = new URL(url);
    through.port = String(typeof address === 'object' && address ? address.port : 0);
    const link = new StallingLink(server, through.toString());
    server.on('connection', (near) => {
      link.join(near, connect(Number(target.port), target.hostname));
    });
    return link;
  }

  /** From now on nothing comes through, either way, also not on new connections. */
  stall(): void {
    this.stalled = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** What waited comes through. */
  resume(): void {
    this.stalled = false;
    for (const socket of this.sockets) socket.resume();
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (chunk) => void to.write(chunk));
      from.on('error', () => undefined);
      from.once('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      if (this.stalled) from.pause();
    }
  }
}
