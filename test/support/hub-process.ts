import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './hub.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** A hub as a user starts it: a process of its own over the embedded database, in a folder of its own. */
export class HubProcess {
  private child: ChildProcess | null = null;
  /** What the last start printed. */
  output = '';

  private constructor(
    readonly folder: string,
    readonly port: number,
    readonly databasePort: number,
  ) {}

  static async make(): Promise<HubProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'symbolon-process-'));
    chmodSync(folder, 0o711); // root's database runs as another user, who must pass through
    return new HubProcess(folder, await freePort(), await freePort());
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts and waits until it is ready or has ended. */
  async start(environment: Readonly<Record<string, string>> = {}): Promise<'ready' | number> {
    this.output = '';
    const ports = { PORT: String(this.port), EMBEDDED_PORT: String(this.databasePort), DATA_FOLDER: this.folder };
    const custodians = { SANDBOX_CUSTODIANS: 'off' }; // three processes more, which few tests need
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env['PATH'], ...ports, ...custodians, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    return new Promise((resolve) => {
      const hear = (chunk: Buffer): void => {
        this.output += chunk.toString();
        if (this.output.includes('Symbolon is ready')) resolve('ready');
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('close', (code, signal) => {
        if (signal !== null) this.output += `Ended by ${signal}.\n`;
        resolve(code ?? -1);
      });
    });
  }

  /** Sends a signal and waits for the end; its exit code, or -1 when the signal ended it. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child?.exitCode ?? -1);
    return new Promise((resolve) => {
      child.once('exit', (code) => {
        resolve(code ?? -1);
      });
      child.kill(signal);
    });
  }

  /** The process of the embedded database; null when none is recorded. */
  get databaseProcess(): number | null {
    try {
      return Number(readFileSync(join(this.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
    } catch {
      return null;
    }
  }

  /** Ends everything and removes the folder. */
  async remove(): Promise<void> {
    await this.end('SIGTERM');
    const left = this.databaseProcess;
    if (left !== null) {
      try {
        process.kill(left, 'SIGINT');
      } catch {
        // it was gone already
      }
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
