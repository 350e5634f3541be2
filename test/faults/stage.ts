import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/database/index.js';
import { freePort } from '../support/hub.js';
import { NodeProxy } from '../support/node-proxy.js';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const MOST_SECONDS = 180;

/** A node of the hub: a process of its own. */
export interface Node {
  readonly port: number;
  readonly process: ChildProcess;
  /** What it said. */
  readonly said: () => string;
}

/** A hub of several nodes as processes over one PostgreSQL server, each of which may be killed and started again; the sandbox's members. */
export class Stage {
  private server: EmbeddedServer | null = null;
  private readonly nodes = new Set<Node>();

  private constructor(
    readonly folder: string,
    private readonly databaseFolder: string,
    private readonly databasePort: number,
    readonly proxy: NodeProxy,
    private readonly onlyPort: number | null,
  ) {}

  /** With its database in a folder of its own, or in the one given. */
  static async set(databaseFolder?: string): Promise<Stage> {
    return Stage.with(null, databaseFolder);
  }

  /** For one node, which members reach without a proxy. */
  static async ofOneNode(): Promise<Stage> {
    return Stage.with(await freePort());
  }

  private static async with(onlyPort: number | null, databaseFolder?: string): Promise<Stage> {
    const folder = mkdtempSync(join(tmpdir(), 'symbolon-faults-'));
    chmodSync(folder, 0o711); // root's database runs as another user, who must pass through
    const database = [databaseFolder ?? folder, await freePort()] as const;
    const stage = new Stage(folder, ...database, await NodeProxy.start(), onlyPort);
    await stage.startDatabase();
    return stage;
  }

  get url(): string {
    return this.onlyPort === null ? this.proxy.url : `http://127.0.0.1:${this.onlyPort}`;
  }

  /** Where the sandbox's keys are, once a node has started. */
  get keys(): string {
    return join(this.folder, 'node-0', 'sandbox');
  }

  /** Connection string of the owner, straight to the database. */
  get databaseUrl(): string {
    if (!this.server) throw new Error('the database is not running');
    return this.server.url;
  }

  /** Starts the database, also after it was killed. */
  async startDatabase(): Promise<void> {
    this.server = await startEmbeddedServer(this.databaseFolder, this.databasePort, () => undefined);
  }

  /** Kills the database server and leaves it no time for anything. */
  async killDatabase(): Promise<void> {
    const folder = this.server?.folder ?? '';
    const [pid] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n', 1);
    process.kill(Number(pid), 'SIGKILL');
    await sleep(200);
  }

  /** Starts a node; the first sets up the sandbox. It reaches the database at another address if one is given. */
  async start(name: string, databaseUrl = this.databaseUrl): Promise<Node> {
    const [folder, first] = [join(this.folder, name), join(this.folder, 'node-0')];
    mkdirSync(folder, { recursive: true });
    const secrets = 'hub-secrets.json';
    const isFirst = name === 'node-0';
    if (!isFirst && !existsSync(join(folder, secrets))) copyFileSync(join(first, secrets), join(folder, secrets));
    const port = this.onlyPort ?? (await freePort());
    const child = spawn(process.execPath, ['--enable-source-maps', MAIN], {
      env: {
        ...{ PATH: process.env['PATH'], PORT: String(port), DATA_FOLDER: folder, DATABASE_URL: databaseUrl },
        ...{ HUB_URL: this.url, SANDBOX: isFirst ? 'on' : 'off', SANDBOX_CUSTODIANS: 'off' },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const node: Node = { port, process: child, said: () => said };
    this.nodes.add(node);
    const ready = new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        said += chunk.toString();
        if (said.includes('is ready')) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', () => {
        this.nodes.delete(node);
        reject(new Error(`a node ended: ${said}`));
      });
    });
    await Promise.race([
      ready,
      sleep(MOST_SECONDS * 1000).then(() => Promise.reject(new Error('a node is not ready'))),
    ]);
    return node;
  }

  /** Kills a node and leaves it no time for anything. */
  async kill(node: Node): Promise<void> {
    const ended = new Promise((resolve) => node.process.once('exit', resolve));
    node.process.kill('SIGKILL');
    await ended;
  }

  async end(): Promise<void> {
    for (const node of this.nodes) await this.kill(node);
    await this.proxy.stop();
    await this.server?.stop().catch(() => undefined);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
  }
}
