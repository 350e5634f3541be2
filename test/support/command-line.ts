import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/member/cli/main.js', import.meta.url));
const CAPTURE = new URL('capture-traffic.mjs', import.meta.url).href;

/** What a command came to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Where and against which hub commands run. */
export interface CommandPlace {
  readonly home: string;
  readonly hub: string;
  /** The file to which all traffic of the commands is written. */
  readonly traffic: string;
}

/** Runs `symbolon` as a user does, as a process of its own; `input` is what it reads from the standard input. */
export function symbolon({ home, hub, traffic }: CommandPlace, args: readonly string[], input = ''): Promise<Ran> {
  const child = spawn(process.execPath, ['--import', CAPTURE, MAIN, ...args], {
    env: { PATH: process.env['PATH'], SYMBOLON_HOME: home, SYMBOLON_HUB: hub, CAPTURED_TRAFFIC: traffic },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  const heard = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => void (heard.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (heard.err += chunk.toString()));
  return new Promise((resolve) =>
    child.once('close', (code) => {
      resolve({ code: code ?? -1, ...heard });
    }),
  );
}
