import { execFileSync } from 'node:child_process';
import { accessSync, chmodSync, constants, cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';

/** The account that runs the embedded server: PostgreSQL refuses to run as root. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** Null for an ordinary user, who runs the server itself; for root the account `postgres`, made when there is none. */
export function serverAccount(): ServerAccount | null {
  if (process.getuid?.() !== 0) return null;
  const name = 'postgres';
  if (!idOf('-u', name))
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]);
  return { name, uid: Number(idOf('-u', name)), gid: Number(idOf('-g', name)) };
}

function idOf(flag: '-u' | '-g', name: string): string | null {
  try {
    return execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}

/** Whether everybody may pass through every folder down to this one. */
export function isReachable(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

/**
 * A place outside a private checkout that the server's account can reach: the same for the same checkout.
 * Root's home is closed to others on most systems, and neither the data nor the program could be used from there.
 */
export function reachablePlace(checkout: string): string {
  const place = join('/var/lib', `symbolon-${createHash('sha256').update(checkout).digest('hex').slice(0, 8)}`);
  mkdirSync(place, { recursive: true, mode: 0o711 });
  chmodSync(place, 0o711);
  return place;
}

/** Copies the server program to where its account can execute it, once for each version. */
export function copyProgram(native: string, place: string, version: string): string {
  const target = join(place, `program-${version}`);
  if (!existsSync(join(target, 'bin', 'postgres'))) cpSync(native, target, { recursive: true, verbatimSymlinks: true });
  accessSync(join(target, 'bin', 'postgres'), constants.X_OK);
  return target;
}
