import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** A file of a build, as it is served. */
export interface BuiltFile {
  readonly type: string;
  readonly plain: Buffer;
  /** The same compressed, where the build did. */
  readonly br: Buffer | null;
  readonly gzip: Buffer | null;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * The files of a build by their path (`/assets/x.js`), read once: a page and its parts stay of one build while a node runs, and a build that is made anew
 * beside it takes nothing away. Empty when there is none.
 */
export function readBuiltFiles(folder: string): ReadonlyMap<string, BuiltFile> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const read = (path: string): Buffer | null => (existsSync(path) ? readFileSync(path) : null);
  return new Map(
    files.flatMap(({ parentPath, name }) => {
      const type = TYPES[extname(name)];
      const path = join(parentPath, name);
      if (type === undefined) return [];
      const file = { type, plain: readFileSync(path), br: read(`${path}.br`), gzip: read(`${path}.gz`) };
      return [[`/${relative(folder, path).replaceAll(sep, '/')}`, file] as const];
    }),
  );
}
