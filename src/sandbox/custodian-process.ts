import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CustodianPortsError, type SandboxSeat } from './custodian-keys.js';

const MAIN = fileURLToPath(new URL('../member/cli/main.js', import.meta.url));

/** After how long one that ended is started again, milliseconds: longer each time, and from the beginning once it has run for a while. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const RAN_WELL_MS = 60_000;
const START_MS = 120_000;
const STOP_MS = 5_000;
/** How long a port may be held by a custodian of a hub that has just ended, milliseconds. */
const PORT_MS = 3_000;

/** A custodian as a process of its own, which is started again when it ends, and ends with this process. */
export class CustodianProcess {
  private child: ChildProcess | null = null;
  private stopping = false;
  private wait = FIRST_WAIT_MS;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly seat: SandboxSeat,
    private readonly members: string,
    private readonly say: (line: string) => void,
  ) {}

  /** Starts it and waits until it serves. Throws when it ends instead. */
  async start(): Promise<void> {
    await assertPortIsFree(this.seat);
    const child = this.spawn();
    await new Promise<void>((resolve, reject) => {
      const failed = (why: string): void => {
        reject(new Error(`Custodian ${this.seat.code} does not start: ${why}`));
      };
      const timer = setTimeout(() => {
        failed('it says nothing.');
      }, START_MS);
      child.once('serving', () => {
        clearTimeout(timer);
        resolve();
      });
      child.once('exit', () => {
        clearTimeout(timer);
        failed('it ended.');
      });
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) =>
      child.once('exit', () => {
        resolve();
      }),
    );
    child.kill('SIGTERM');
    await Promise.race([ended, sleep(STOP_MS, null, { ref: false })]);
    child.kill('SIGKILL');
  }

  /**
   * In a process group of its own, so that Ctrl-C reaches it through this process only. It watches its standard input, which ends when this process does,
   * however that came about.
   */
  private spawn(): ChildProcess {
    const { state, port, passphraseFile, code } = this.seat;
    const named = ['--state', state, '--members', this.members, '--port', String(port)];
    const child = spawn(
      process.execPath,
      [MAIN, 'custodian', 'serve', ...named, '--passphrase-file', passphraseFile, '--until-input-ends'],
      { stdio: ['pipe', 'pipe', 'pipe'], detached: true, env: {} },
    );
    this.child = child;
    const startedAt = Date.now();
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('serves at')) child.emit('serving');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\n')) if (line.trim() !== '') this.say(`[${code}] ${line}`);
    });
    child.once('exit', (exitCode, signal) => {
      this.onExit(signal ?? `exit code ${exitCode ?? 'unknown'}`, Date.now() - startedAt);
    });
    return child;
  }

  private onExit(how: string, ranMs: number): void {
    if (this.stopping) return;
    this.say(`Custodian ${this.seat.code} ended (${how}); it is started again.`);
    this.wait = ranMs > RAN_WELL_MS ? FIRST_WAIT_MS : Math.min(this.wait * 2, LONGEST_WAIT_MS);
    this.timer = setTimeout(() => {
      this.spawn().once('serving', () => {
        this.say(`Custodian ${this.seat.code} serves again.`);
      });
    }, this.wait);
    this.timer.unref();
  }
}

/** Throws `CustodianPortsError` when another program has the port. */
async function assertPortIsFree({ code, port }: SandboxSeat): Promise<void> {
  const until = Date.now() + PORT_MS;
  while (!(await isFree(port))) {
    if (Date.now() > until) throw portTaken(code, port);
    await sleep(100);
  }
}

function portTaken(code: string, port: number): CustodianPortsError {
  return new CustodianPortsError(
    `Port ${port} of the sandbox's custodian ${code} is taken by another program: stop it, or, before the first start of this data folder, set CUSTODIAN_PORTS to three free ports such as 4201,4202,4203. SANDBOX_CUSTODIANS=off starts without custodians; then no tokens can be made.`,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen(port, '127.0.0.1', () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}
