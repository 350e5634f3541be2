import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Compiles the hub and its tests beside each other, out of the way of the build, and gives the module at `path`. */
export async function compiled(path) {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const out = `${root}node_modules/.cache/${path.split('/')[1]}`; // beside the packages, which are found from there
  rmSync(out, { recursive: true, force: true });
  execFileSync(
    process.execPath,
    [
      ...[`${root}node_modules/@swc/cli/bin/swc.js`, 'src', 'test', '-q', '-d', out],
      ...['--config-file', '.swcrc', '--ignore', '**/*.test.ts'],
    ],
    { cwd: root, stdio: 'inherit' },
  );
  for (const folder of ['schema', 'dist'])
    if (!existsSync(`${out}/${folder}`)) symlinkSync(`${root}${folder}`, `${out}/${folder}`);
  return import(`${out}/${path}`);
}
