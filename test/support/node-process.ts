import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort, type SharedByNodes } from './hub.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Another node of a test's hub, as a process of its own that can be killed. */
export class NodeProcess {
  private constructor(private readonly child: ChildProcess) {}

  /** Starts it and waits until it is ready. */
  static async start(hub: SharedByNodes, environment: Readonly<Record<string, string>>): Promise<NodeProcess> {
    const own = { PORT: String(await freePort()), DATA_FOLDER: hub.folder, SANDBOX: 'off' };
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env['PATH'], ...own, DATABASE_URL: hub.database.url, HUB_URL: hub.url, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('Symbolon is ready')) resolve();
      });
      child.once('exit', () => {
        reject(new Error('the node ended before it was ready'));
      });
    });
    return new NodeProcess(child);
  }

  /** Ends it with a signal, and waits until it is gone. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await gone;
  }
}
