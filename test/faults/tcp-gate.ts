import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../support/hub.js';

/** A door between a node and its database that can be shut: nothing passes then, and nobody is told, as when a cable is pulled. */
export class TcpGate {
  private shut = false;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async before(host: string, target: number): Promise<TcpGate> {
    const port = await freePort();
    const server = createServer({ pauseOnConnect: true });
    const gate = new TcpGate(server, port);
    server.on('connection', (outer) => {
      const inner = connect(target, host);
      for (const [from, to] of [
        [outer, inner],
        [inner, outer],
      ] as const) {
        gate.sockets.add(from);
        from.on('data', (bytes) => {
          if (!gate.shut) to.write(bytes);
        });
        from.on('error', () => to.destroy());
        from.on('close', () => {
          gate.sockets.delete(from);
          to.destroy();
        });
      }
      outer.resume();
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return gate;
  }

  /** From now on what is sent vanishes. */
  close(): void {
    this.shut = true;
  }

  /** Opens again; connections from before are broken, since bytes of them are missing. */
  open(): void {
    this.shut = false;
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
