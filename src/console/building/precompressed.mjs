import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Bytes. */
const LARGE = 400_000;
const TEXTS = /\.(js|css|html|json|svg)$/;

/** Beside each text file that is served, the same compressed as well as can be: done once here, and not at every request. */
export function precompressed() {
  let folder = '';
  return {
    name: 'precompressed',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle() {
      for (const path of filesBelow(folder).filter((one) => TEXTS.test(one))) {
        const bytes = readFileSync(path);
        // The best takes seconds for the map, and gains little there.
        const level = bytes.length > LARGE ? 9 : constants.BROTLI_MAX_QUALITY;
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: level } };
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, quality));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

function filesBelow(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
