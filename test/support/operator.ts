import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TestHub } from './hub.js';

const PROGRAM = fileURLToPath(new URL('../../dist/operator.js', import.meta.url));

/** What the operator's program said and how it ended. */
export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Runs `npm run hub -- …` as the operator of a hub, over a database. */
export function operate(
  hub: Pick<TestHub, 'folder' | 'url'>,
  databaseUrl: string,
  args: readonly string[],
): Promise<Ran> {
  const env = { PATH: process.env['PATH'], SANDBOX: 'off', DATA_FOLDER: hub.folder, HUB_URL: hub.url };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [PROGRAM, ...args],
      { env: { ...env, DATABASE_URL: databaseUrl } },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output: out + err });
      },
    );
  });
}
