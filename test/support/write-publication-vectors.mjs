import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Writes schema/publication/vectors.json anew: `node test/support/write-publication-vectors.mjs`, then look at what changed. What others built on released
 * vectors breaks with a change.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const out = `${root}node_modules/.cache/vectors`;
const swc = `${root}node_modules/@swc/cli/bin/swc.js`;
rmSync(out, { recursive: true, force: true });
const sources = ['src/protocol', 'test/protocol/transparency', 'test/protocol/publication', '--ignore', '**/*.test.ts'];
execFileSync(process.execPath, [swc, ...sources, '-q', '-d', out, '--config-file', '.swcrc'], { cwd: root });

const { publicationVectors } = await import(`${out}/test/protocol/publication/vectors-of.js`);
const file = `${root}schema/publication/vectors.json`;
writeFileSync(file, JSON.stringify(await publicationVectors(), null, 2));
execFileSync(process.execPath, [`${root}node_modules/prettier/bin/prettier.cjs`, '--write', file], { cwd: root });
