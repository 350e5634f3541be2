import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Writes schema/linkage/vectors.json anew from the records that stand in it: `node test/support/write-linkage-vectors.mjs`, then look at what changed.
 * A change of what a released normaliser gives is a new version of it, with new vectors beside the old.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const out = `${root}node_modules/.cache/vectors`;
const swc = `${root}node_modules/@swc/cli/bin/swc.js`;
rmSync(out, { recursive: true, force: true });
const sources = ['src/protocol', 'test/protocol/linkage', '--ignore', '**/*.test.ts'];
execFileSync(process.execPath, [swc, ...sources, '-q', '-d', out, '--config-file', '.swcrc'], { cwd: root });

const { readLinkageProfile } = await import(`${out}/src/protocol/linkage/index.js`);
const { vectorOf } = await import(`${out}/test/protocol/linkage/vector-of.js`);
const read = (name) => readFileSync(`${root}schema/linkage/${name}`, 'utf8');
const profile = readLinkageProfile(read('profile.json'), read('frequencies.json'));
const file = JSON.parse(read('vectors.json'));
const vectors = file.vectors.map(({ name, record }) => vectorOf(name, record, file.epoch, profile));
writeFileSync(`${root}schema/linkage/vectors.json`, JSON.stringify({ ...file, vectors }, null, 2));
execFileSync(
  process.execPath,
  [`${root}node_modules/prettier/bin/prettier.cjs`, '--write', 'schema/linkage/vectors.json'],
  { cwd: root },
);
