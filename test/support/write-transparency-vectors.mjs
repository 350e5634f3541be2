import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Writes schema/transparency/vectors.json anew, but for the published reference tree that stands in it: `node test/support/write-transparency-vectors.mjs`,
 * then look at what changed. What others built on released vectors breaks with a change.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const out = `${root}node_modules/.cache/vectors`;
const swc = `${root}node_modules/@swc/cli/bin/swc.js`;
rmSync(out, { recursive: true, force: true });
const sources = ['src/protocol', 'test/protocol/transparency', '--ignore', '**/*.test.ts'];
execFileSync(process.execPath, [swc, ...sources, '-q', '-d', out, '--config-file', '.swcrc'], { cwd: root });

const { transparencyVectors } = await import(`${out}/test/protocol/transparency/vectors-of.js`);
const file = `${root}schema/transparency/vectors.json`;
const { merkle } = JSON.parse(readFileSync(file, 'utf8'));
writeFileSync(file, JSON.stringify({ merkle, ...(await transparencyVectors()) }, null, 2));
execFileSync(process.execPath, [`${root}node_modules/prettier/bin/prettier.cjs`, '--write', file], { cwd: root });
