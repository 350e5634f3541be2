import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { freePort } from './hub.js';

/** Stands before the nodes of a hub, as the proxy of `docker/compose.yaml` does: one address, and whoever asks does not see which node answers. */
export class NodeProxy {
  private nodes: readonly number[] = [];
  private turn = 0;
  /** How many requests each node was given, by its place. */
  readonly given: number[] = [];

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    readonly url: string,
  ) {}

  static async start(): Promise<NodeProxy> {
    const port = await freePort();
    const server = createServer();
    const proxy = new NodeProxy(server, `http://127.0.0.1:${port}`);
    server.on('request', (incoming, outgoing) => {
      proxy.pass(incoming, outgoing);
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return proxy;
  }

  /** Gives the requests from now on to these ports, one after the other. */
  turnTo(...ports: readonly number[]): void {
    this.nodes = ports;
    this.turn = 0;
    this.given.splice(0, Infinity, ...ports.map(() => 0));
  }

  /** Cuts every connection, as a network does. */
  cut(): void {
    this.server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const place = this.turn++ % this.nodes.length;
    this.given[place] = (this.given[place] ?? 0) + 1;
    const { method, url: path, headers } = incoming;
    // The host stays the public one, by which the hub's own addresses are made.
    const onward = request({ host: '127.0.0.1', port: this.nodes[place], method, path, headers, agent: false });
    onward.once('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.once('error', () => outgoing.destroy());
    });
    outgoing.once('close', () => onward.destroy()); // whoever went away is not waited for
    onward.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
    incoming.pipe(onward);
  }
}
