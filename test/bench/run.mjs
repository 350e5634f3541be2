import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Compiles the hub and the benchmarks beside each other and runs them: `npm run bench -- --alerts 1000000`. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const out = `${root}node_modules/.cache/bench`; // beside the packages, out of the way of the build
process.env.NODE_ENV = 'production'; // what a hub in use runs as; the libraries are slower otherwise
rmSync(out, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [
    `${root}node_modules/@swc/cli/bin/swc.js`,
    'src',
    'test',
    '-q',
    '-d',
    out,
    '--config-file',
    '.swcrc',
    '--ignore',
    '**/*.test.ts',
  ],
  { cwd: root, stdio: 'inherit' },
);
if (!existsSync(`${out}/schema`)) symlinkSync(`${root}schema`, `${out}/schema`);
const main = await import(`${out}/test/bench/main.js`);
await main.bench(process.argv.slice(2));
process.exit(0);
